"""Words that no line may hold: it describes instead of speaking, steps out of the scene, ends it, coaches, or talks of itself as a machine.

All patterns look at text with plain apostrophes, in any case.
"""

from __future__ import annotations

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.I | re.M)


_GESTURE = (
    r"(?:sigh|paus|lean|smil|smirk|nod|laugh|chuckl|frown|shrug|look|rais|cross|turn|tap|stand|roll|glanc|fold|star|"
    r"wav|sip|scratch|rub|exhal|inhal|grin|wink|gestur|squint|hesitat|typ|scribbl|clear|slid|stretch)(?:e?s|e|ing)?|"
    r"beat|silence|quietly|coldly|dryly|firmly|softly|flatly|sarcastically"
)
LIST = _any(r"^\s*[-*•–]\s+\S", r"^\s*\d{1,2}[.)]\s+\S", r"^\s*#{1,6}\s", r"\*\*", "```")
MARKUP = _any(
    r"</?[a-z][\w:-]*(?:\s[^<>\n]*)?/?>|<!--",
    r"&(?:amp|lt|gt|quot|nbsp|apos|#\d+);",
    r"!?\[[^\]\n]+\]\([^)\s]+\)",
    r"^\s*>\s+\S",
    r"^\s*(?:-{3,}|={3,}|_{3,})\s*$",
    r"^\s*\|.*\|\s*$",
    r"^\s*[+‣▪◦●·]\s+\S",
    r"(?<!\w)(?:__|~~)[^_~\n]+(?:__|~~)(?!\w)",
    r"^\s*[{\[]\s*\"\w+\"\s*:",
)
DIRECTION = _any(
    r"\*[^*\n]{2,80}\*",
    r"(?<!\w)_[^_\n]{4,80}_(?!\w)",
    r"\[[^\]\n]{2,80}\]",
    rf"\((?:[a-z]+ly,? )?(?:after |with )?(?:a )?(?:long |short )?(?:{_GESTURE})\b[^)\n]*\)",
)
MACHINE = _any(
    r"\b(?:as|i am|i'm|being) (?:only |just )?an? (?:[\w-]+ )?"
    r"(?:ai|a\.i\.|language model|llm|chat ?bot|bot|machine|program|assistant|simulation)\b",
    r"\b(?:artificial intelligence|large language model|virtual assistant|simulated (?:person|character|interviewer))\b",
    r"\bi(?:'m| am) (?:software|chatgpt|gpt|claude|gemini|an? ai\b|not (?:a )?(?:real|human)(?: person| being)?)\b",
    r"\bmy (?:training data|(?:system )?prompt|instructions|guidelines|programming)\b",
    r"\bi(?:'m| am) (?:only|just) (?:software|a program)\b",
    r"\bi was (?:trained|built) on\b",
    r"\bi(?:'m| am) (?:very )?sorry,? (?:but )?i (?:can't|cannot|won't|am (?:not able|unable) to|'m (?:not able|unable) to) "
    r"(?:help|assist|continue|engage|participate|provide|create|write|fulfil|comply|do that)",
    r"\bi (?:can't|cannot|won't|am unable to) (?:assist|comply|engage|participate|help) with (?:that|this|your) (?:request|kind|content)",
    r"\bi (?:was|am|'ve been) (?:told|instructed|prompted|programmed|trained|designed) to (?:play|act|say|answer|respond|be|stay|help)\b",
    r"\bplaying (?:the |a )?(?:role|part|character) of\b",
)
LEAVES = _any(
    r"\bas (?:an?|your|the) (?:interviewer|examiner|assessor|facilitator|narrator)\b",
    r"\b(?:this|our|the|today's) (?:role-?play|simulation|exercise|practice(?: session| scene)?|mock(?: interview)?) "
    r"(?:is|has|was|ends|concludes|will)\b",
    r"\brole-?play(?:ing)?\b",
    r"\b(?:out|outside|step out|end) of (?:the |this )?(?:scene|character)\b",
    r"\bend scene\b",
    r"\b(?:break|breaking|stay in|staying in|in) character\b",
    r"\bmock interview\b",
)
ENDS = _any(
    r"\bthat (?:concludes|brings us to the end|wraps up|ends (?:our|the|this))\b",
    r"\bend of (?:the |our |this |today's )?(?:interview|meeting|conversation|talk|session|call|discussion)\b",
    r"\bwe(?:'re| are) (?:all )?(?:done|finished|out of time) (?:here|for today|with (?:this|the) (?:meeting|interview|talk))\b",
    r"\blet's (?:stop|end|wrap(?: up)?|finish|leave it|call it a day)"
    r"(?: (?:here|there|now|for today|this (?:meeting|call|talk)))?(?=\s*[.!]|$)",
    r"\blet's (?:wrap (?:it|this|things) up|end (?:the|this|our) (?:meeting|interview|conversation|talk|session|call))\b",
    r"\bthank(?:s| you)(?: so much| very much)? for (?:your time|the (?:talk|conversation|interview))\b",
    r"\b(?:good ?bye|bye for now)\b",
    r"\b(?:that's|that is) (?:all|it) for today\b",
    r"\blet us (?:stop|end|wrap (?:it |this )?up|finish)(?: (?:here|there|now|for today))?\b",
    r"\blet's wrap up here\b",
    r"\bsee you (?:next|tomorrow|on|around|later)\b",
    r"\b(?:this|our|the) (?:meeting|conversation|talk|interview|discussion) (?:is over|ends here|is finished|concludes)\b",
    r"\bwe(?:'ll| will) be in touch\b",
    r"\bhave a (?:good|great|nice|lovely) (?:day|evening|weekend|one)\b",
)
_GREAT = "great|excellent|fantastic|brilliant|impressive|wonderful|amazing|awesome|superb|outstanding|insightful"
_GOOD = rf"{_GREAT}|good|nice|strong|solid|perfect|thoughtful|smart"
_SAID = "answer|response|job|work|thinking|approach|insight|observation|catch|reasoning|analysis|point|question|example|start|idea|thought"
COACHES = _any(
    rf"(?<!not a )(?<!no )(?<!n't a )\b(?:{_GOOD}) (?:{_SAID})"
    r"(?=\s*[.!,;:—–]|$| (?:there|here|on|about|and|to start)\b)",
    rf"\bthat(?:'s| is| was) (?:an? |really |very |such a |truly )*(?:{_GREAT}|spot on)\b",
    r"(?:^|[.!?] )(?:(?:really|very|so) )?(?:great|excellent|fantastic|brilliant|impressive|amazing|awesome|superb|"
    r"outstanding|perfect|solid|well done|bravo|good start|good instinct|spot on)(?=\s*[.!,])(?!, (?:another|so|now (?:the|it)|just)\b)",
    r"\b(?:clear|mature|comprehensive|thoughtful|detailed|honest|balanced|nuanced|structured|insightful|well-structured) "
    r"(?:answer|response|explanation|framing|approach|way (?:to|of) (?:fram|put|say|think|look)\w*)",
    r"\bthank(?:s| you) for (?:that |your |the |being |such )?(?:a )?(?:sharing|(?:\w+ )?(?:explanation|answer|honesty|"
    r"response|insight|candou?r|openness|clarity|transparency))",
    rf"\b(?:that's|what|this is|such) (?:a|an) (?:{_GOOD}|beautiful|clever|textbook|model) (?:way|idea|plan|touch|move|"
    r"response|answer|perspective|instinct)\b",
    r"\b(?:beautifully|perfectly|clearly|nicely|very well|well) (?:put|said|explained|stated|argued|handled|summari[sz]ed)\b",
    r"\bwell explained\b|\byou nailed\b",
    r"\b(?:i|we) (?:really |do )?(?:value|admire|respect) (?:that|your) (?:perspective|honesty|view|answer|approach|candou?r)\b",
    r"\bbonus points\b",
    r"\bshows (?:real |great |true |strong )?(?:maturity|leadership|ownership|insight|empathy|seniority|understanding)\b",
    r"\bgreat opportunity to\b|\bgood progress\b",
    r"\b(?:top|strong|good|senior|the best) candidates\b|\b(?:one|another) thing you could add\b|\bi(?:'d| would) encourage you\b",
    r"\byou (?:communicate|explain|listen|handled \w+ \w+|reason) (?:very |really |so )?(?:clearly|well|gracefully|calmly|nicely)\b|"
    r"\byour (?:communication|reasoning|structure|thinking|empathy) (?:is|was)\b",
    r"\bon the right (?:track|lines)\b|\bi(?:'m| am) (?:really |very )?impressed\b",
    r"\bthe kind of \w+ (?:we|i) (?:look for|like|want|value)\b",
    r"\bit(?:'s| is) (?:great|good|nice|wonderful|impressive) (?:that|how|to see|to hear) (?:that )?you\b",
    r"\braised? an? (?:great|good|excellent|fair|valid) point\b",
    r"\byou(?:'ve| have)? (?:clearly |really |already )?(?:demonstrated|articulated|structured (?:that|this|it)|"
    r"thought (?:this|that|it) through|showed|shown) ?(?:\w+ )*"
    r"(?:well|strong|strongly|good|great|clearly|nicely|awareness|thinking|ownership|empathy|leadership)\b",
    r"\byou clearly (?:thought|understand|know|care|considered)\b",
    r"(?:^|[.!?] )(?:remember|don't forget|make sure|be sure|consider|try) (?:to )?"
    r"(?:consider|mention|include|address|quantify|link|tie|start|add|structure|starting|mentioning|adding|quantifying|"
    r"framing|using)(?:ing)?\b",
    r"\bto (?:strengthen|improve|sharpen|polish) (?:that|this|your|it)\b",
    r"\bit (?:would|might) help to (?:mention|add|include|quantify|give|explain)\b",
    r"\b(?:well|nicely) (?:said|put|answered|argued|reasoned|thought out)\b|\bwell done\b",
    r"\bi (?:really )?(?:like|love|appreciate|admire) (?:how|the way|that) you (?!came\b)",
    r"\bi (?:really )?(?:like|love|appreciate|admire) your (?:answer|approach|thinking|honesty|point|idea|clarity|structure)\b",
    r"\byou(?:'re| are) (?:doing|handling (?:this|it)) (?:really )?(?:well|great|fine)\b",
    r"\byou (?:did|handled|answered|explained|put)(?: that| this| it)? (?:really |very )?(?:well|a (?:good|great) job|nicely|"
    r"perfectly)\b",
    r"\bexactly (?:right|what (?:i|we)(?:'d| had| was| were)? (?:wanted|hoped|hoping|looking|want))\b",
    r"\bkeep (?:it up|up the good)\b",
    r"\byou (?:should|could|might want to|may want to|ought to|need to|want to) (?:also )?"
    r"(?:mention|include|talk about|structure|quantify|frame|highlight|emphasi[sz]e|elaborate|demonstrate|touch on)\b",
    r"\ba (?:good|strong|better|great|stronger|complete|senior) (?:answer|response|candidate|reply)(?: here)? "
    r"(?:would|will|should|could|might|is|has|needs|includes|covers|starts)\b",
    r"\byour (?:answer|response) (?:shows|demonstrates|would|could|was|covers|lacks|needs|should|sounds)\b",
    r"\bthe (?:right|best|ideal|correct|model) answer(?: here)? (?:is|was|would|starts|has)\b",
    r"\b(?:star|soar) (?:method|format|framework|structure)\b",
    r"\b(?:as|some|my|a bit of|quick) feedback\b|\bfeedback:|\b(?:pro )?tip:|\bhint:",
    r"\binterviewers (?:want|like|look|love|expect)\b",
    r"\bto improve your\b|\bnext time,? (?:try|you)\b",
    r"\b(?:to|let me) (?:summari[sz]e|sum up|recap)\b|\bin summary\b",
    r"\bso far,? you(?:'ve| have) (?:covered|shown|mentioned|said|demonstrated)\b",
)


def found(pattern: re.Pattern[str], text: str) -> list[str]:
    """What a pattern finds in `text`."""
    return [match.group() for match in pattern.finditer(straight(text))]


def straight(text: str) -> str:
    """`text` with plain apostrophes."""
    return text.replace("’", "'").replace("‘", "'")
