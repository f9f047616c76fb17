"""Telling a model that will not answer from one that answered badly."""

from __future__ import annotations

import re

from agent.llm.call import Finish, Reply

_REFUSES = re.compile(
    r"""\W*
    (?:                                                          # an opening that alone refuses nothing
        (?:(?:i|we)['’]?(?:m|re)?\W+)?(?:am\ |are\ )?(?:very\ |so\ |really\ )?(?:sorry|afraid|apologi[sz]e)\b.{0,120}?
        | unfortunately\W+
        | as\ an?\ (?:ai|artificial|language\ model)\b.{0,120}?
    )?
    \b(?:i|we)\W(?:can['’]?t|cannot|can\ not|won['’]?t|will\ not|must|have\ to|am|are|['’]?m|do\ not|don['’]?t)\W+
    (?:(?:be\ able|able|unable|not|comfortable|feel|currently|directly|legally|ethically|in\ good\ conscience)\W+)*
    (?:to\ |with\ )?
    (?:                                                          # what a refusal refuses; to find or to see is no such thing
        help|assist|provid|grad|comply|do\ (?:that|this|so)|fulfil|answer|evaluat|judg|discuss|continu|engag|participat
        | produc|generat|creat|complet|process|respond|rat(?:e|ing)|assess|offer|shar|declin|refus
    )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def is_refusal(reply: Reply) -> bool:
    """Whether the provider says that the model refused, or the model says so in words and gives no object."""
    return reply.finish is Finish.REFUSAL or ("{" not in reply.text and _REFUSES.match(reply.text) is not None)
