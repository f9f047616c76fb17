"""Sending what is recorded of model calls to an OpenTelemetry collector, where the environment names one."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

from agent.version import __version__

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics.export import MetricExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace.export import SpanExporter

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL"
TIMEOUT = "OTEL_EXPORTER_OTLP_TIMEOUT"

PATIENCE = 2.0
"""Seconds for one export with its retries, unless the environment has a say: the process ends no sooner than its last exports."""

MISSING = f"{ENDPOINT} is set, but what it takes to export is not installed, so nothing is. Install it: pip install 'hotseat[otel]'"


def start_exporting(env: Mapping[str, str]) -> str | None:
    """Sets OpenTelemetry's SDK up to export spans and metrics from now on to the end of the process, where `env` names an endpoint.

    An SDK that is set up already is left alone. All other `OTEL_…` variables are read by the SDK itself.

    Returns:
        A sentence for the user where the packages are missing, else None.
    """
    if not env.get(ENDPOINT, "").strip() or env.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return None
    try:
        _set_up(*_exporters(env), env)
    except ImportError:
        return MISSING
    return None


def _exporters(env: Mapping[str, str]) -> tuple[SpanExporter, MetricExporter]:
    timeout = None if env.get(TIMEOUT, "").strip() else PATIENCE
    if env.get(PROTOCOL, "").strip() == "grpc":
        from opentelemetry.exporter.otlp.proto.grpc import metric_exporter as grpc_metrics
        from opentelemetry.exporter.otlp.proto.grpc import trace_exporter as grpc_traces

        return grpc_traces.OTLPSpanExporter(timeout=timeout), grpc_metrics.OTLPMetricExporter(timeout=timeout)

    from opentelemetry.exporter.otlp.proto.http import metric_exporter as http_metrics
    from opentelemetry.exporter.otlp.proto.http import trace_exporter as http_traces

    return http_traces.OTLPSpanExporter(timeout=timeout), http_metrics.OTLPMetricExporter(timeout=timeout)


def _set_up(spans: SpanExporter, readings: MetricExporter, env: Mapping[str, str]) -> None:
    from opentelemetry import metrics, trace
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    if not isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        return
    logging.getLogger("opentelemetry").addHandler(logging.NullHandler())  # else each failed export prints into the scene
    resource = _resource(env)
    tracers = TracerProvider(resource=resource)
    tracers.add_span_processor(BatchSpanProcessor(spans))
    trace.set_tracer_provider(tracers)
    metrics.set_meter_provider(MeterProvider([PeriodicExportingMetricReader(readings)], resource=resource))


def _resource(env: Mapping[str, str]) -> Resource:
    """Who exports; the user's own name for it wins."""
    from opentelemetry.sdk.resources import Resource

    is_named = env.get("OTEL_SERVICE_NAME") or "service.name=" in env.get("OTEL_RESOURCE_ATTRIBUTES", "")
    return Resource.create({"service.version": __version__, **({} if is_named else {"service.name": "hotseat"})})
