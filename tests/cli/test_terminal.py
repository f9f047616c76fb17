from __future__ import annotations
import time
from pathlib import Path

def test_look(terminal, parcels):
    t0=time.time()
    t = terminal("play", "parcels", "--seed", "7", "--fast", **parcels)
    t.see("Press Enter"); print("brief", time.time()-t0)
    t.type("\r")
    t.send("I would start with what honest customers lose.")
    print("first", time.time()-t0)
    t.send("/notes check the cost")
    t.send("/help")
    t.send("/hint")
    t.send("/repeat")
    t.send("first line\x1b\rsecond line")
    t.send("/pause")
    print(t.wait(), time.time()-t0)
    Path("/tmp/lab/scratch/raw.txt").write_text(t.raw)
    print(t.text)
def test_look2(terminal, parcels):
    t = terminal("play", "parcels", "--seed", "7", "--fast", "--plain", **parcels)
    t.see("Press Enter")
    t.type("\r")
    t.send("I would start with what honest customers lose.")
    t.send("first line\x1b\rsecond line")
    t.send("/pause")
    print(t.wait())
    print(repr(t.raw))
