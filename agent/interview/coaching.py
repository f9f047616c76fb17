"""Coaching in more words: advice on how to answer, hints, marks, what others would say, praise of the candidate instead of the matter."""

from __future__ import annotations

import re

_STRONGER = (
    r"(?:more|far more|much more|a bit|even) (?:convincing|persuasive|complete|compelling|concrete|assertive|memorable)|"
    r"stronger|tighter|sharper|better"
)
_VOICE = (
    r"lead with|open with|begin (?:with|by)|start (?:with|by|from)|frame|framing|phrase|phrasing|structure|quantify|mention|"
    r"bring(?:ing)? up|"
    r"touch(?:ing)? on|cite|citing|quote|address|acknowledge|elaborate|clarify|state your|define your|tie (?:it|your)"
)
_PRAISED = (
    r"mature|balanced|nuanced|crisp|clear|concise|thoughtful|honest|insightful|impressive|solid|elegant|precise|brave|pragmatic|complete|"
    r"textbook|convincing|well[- ]structured|very good|remarkable|spot on"
)
_THING = r"take|view|reply|answer|response|summary|framing|breakdown|explanation|reasoning|perspective|instincts?|judge?ment|foundation"
_LIST = (
    # what to say, and how
    rf"\b(?:would|could|might|'d|will|to) (?:be|land|sound|come across|come over|read|make (?:that|your|"
    rf"the) (?:\w+ ){{0,2}})(?:{_STRONGER})\b",
    rf"\b(?:makes?|sounds?) (?:you|your \w+) (?:{_STRONGER})\b|\b(?:be a (?:bit|little) )?(?:{_STRONGER}) with an? \w+",
    r"\b(?:would|could|might|may) (?:strengthen|complete|round (?:it|that|this|your \w+) off|give your \w+ (?:more )?(?:weight|depth))",
    r"\bround(?:s)? (?:it|that|this|your \w+) off\b|\bsharpen (?:it|that|your)\b|\bimprove on (?:it|that|your)\b|\byou could improve\b",
    rf"\b(?:i'd|i would|you would|one would|better to|best to|i suggest you|suggest you) (?:have )?(?:{_VOICE}) (?!the stores)(?:ed)?\b",
    rf"\b(?:you (?:might|may|could|should)(?: want to| also)?|try|consider|worth|about|considered|don't forget to|"
    rf"remember to) (?:{_VOICE})\w*\b",
    r"\b(?:strengthen|support) your (?:position|case|argument|answer|point|proposal|story)\b|\bto (?:make|build|support) your case\b",
    r"\b(?:back|backing) (?:it|that|this|your \w+) up with\b|\b(?:use|give|add|quote) (?:a|an|one|some) (?:specific |concrete |quick )?"
    r"(?:example|number|figure|detail)s? (?:from (?:your|the brief)|to (?:back|support|show|illustrate))",
    r"\b(?:state|define|list) your (?:assumptions|terms)\b|\bstructure your\b|\b(?:slow down|speak (?:a bit |more )?slow)[^.!?]*(?:help|"
    r"term|idea)",
    r"\b(?:be|sound|show|try to be) (?:a (?:bit|little) )?more (?:assertive|confident|confidence|concrete|specific|empathetic|empathy|"
    r"structured)\b",
    r"\bdon't (?:undersell|sell yourself short|be so modest)|\bname your own (?:part|role)\b",
    r"\bbefore you (?:reply|answer|propose|argue|respond)\b|\b(?:rather than|instead of) (?:defending|justifying|arguing|listing)\b",
    r"\b(?:own|acknowledge|admit|apologi[sz]e)(?: for)? (?:it|the \w+|their \w+) first\b|\bthen explain\b|\bexplain afterwards\b",
    r"\b(?:give it another go|take a breath and|take a moment to)\b|try again, |\bthis time with\b",
    r"\byou (?:forgot|missed a chance|skipped|left out|neglected|overlooked) (?:to|over|the (?:part|bit|baseline|step))\b(?! my)",
    r"\b(?:what )?(?:i'm|i am|is|what's) (?:missing from you(?:r \w+)?|absent so far)\b|\bi (?:would have|'d have|had) (?:liked|hoped|"
    r"wanted) to hear\b",
    r"\b(?:i'd|i would) (?:expect|like) you to (?:\w+ )?(?:mention|touch|cover|show|name|address|bring|add|include)",
    r"\byou'd (?:get more|learn more|come across|do better|score)\b|\byou can do better\b",
    r"\bproblem, options|\bsituation, task\b|\bbreak (?:it|this|that|the (?:problem|question|task)) (?:down|into)\b",
    # hints
    r"\b(?:that's|there's|here's|here is) (?:where the|the|an?|your) (?:answer lies|clue|hint|angle you|pointer|tip)\b|\b(?:small |"
    r"little )?(?:hint|pointer|tip) for you\b",
    r"\b(?:the|a|one) (?:key|trick|crux|insight|clue|piece|angle|thing to (?:see|notice|realise))\b[^.!?]*\b(?:is (?:to|that)|you(?:'re|"
    r" are|'ve| have|n't)|looking for)\b",
    r"\byou(?:'re| are) (?:so |very |getting |almost )?(?:close|warm|warmer|nearly there|almost there|getting there)(?=[.,!;])",
    r"\b(?:a|the|one) (?:common|standard|typical|usual|classic|good) (?:approach|way|reply|response|technique)\b[^.!?]*\b(?:is|to|"
    r"covers|would)\b",
    r"\bone way to (?:tackle|approach|answer|structure|think about)\b|\busually one (?:begins|starts)\b|\blet me (?:guide|help) you\b",
    r"\b(?:it pays|it helps) to (?:ask|start|mention|say|begin)\b|\bthink one step\b|\bpush (?:it|that) (?:one|a) step further\b",
    # marks, and the interview itself
    r"\b(?:full|top|high) (?:marks|points)\b|\b(?:score|scores|scored|rate|mark) (?:that|this|the \w+|it|you|quite|points)\b|"
    r"\bpeople score\b|\bearns? you\b",
    r"\b(?:points for|a point for the|credit (?:for|there|to you)|marks? for)\b|\bto your credit\b|\bcredit to you\b|\btick(?:ed|"
    r"s)? (?:all )?the box",
    r"\b(?:interviewers?|candidates?|recruiters|hiring managers?|assessors?)\b[^.!?]*\b(?:look|want|like|hear|expect|value|assess|"
    r"usually|would)",
    r"\b(?:a|an|somebody|someone|any) (?:\w+ )?(?:senior|staff|experienced|expert|principal)(?:[- ]level)?(?: \w+)? would\b|"
    r"\bexperts would\b|"
    r"\bat (?:staff|senior) level would\b|\bthinking like an? \w+",
    r"\bwhat we (?:like|love|look for|value|assess)\b(?! it)|\b(?:the|this) role (?:needs|asks|requires)\b|\bwhat i (?:was|'m|"
    r"am) (?:hoping|looking)\b",
    r"\bi was hoping (?:you|for|to hear)\b|\bwhat i wanted to hear\b|\bi wanted you to\b|\bmost people (?:jump|miss|forget|skip|say|"
    r"start)\b",
    # praise
    rf"\b(?:that|it|this)(?:'s| is| was) (?:an? |a very |a really |really |very |quite |rather |both |"
    rf"such an? )+(?:{_PRAISED})(?: (?:and \w+|{_THING}|way|to the point))?(?=[,.!;]| to | of )",
    rf"\b(?:that|it)(?: was| came across as) (?:{_PRAISED})(?: and [\w ]+)?(?=[,.!;])(?! to you)",
    rf"\b(?:appreciate|enjoyed|love|liked|admire) (?:the|your|how|that|it)\b[^.!?]*\b(?:{_THING}|you)\b|^love it\b|\blove the way\b",
    rf"(?:^|[,;.] )(?:what an? |such an? )?(?:{_PRAISED}|nice|lovely|good|great|smart|neat|strong|right) (?:{_THING}|depth|move|"
    rf"listening|solution|summary|work)\b",
    r"^(?:nice|lovely|splendid|wonderful|beautiful|correct|very good|excellent|good)[,!] (?:you (?:remembered|asked|weighed|picked|"
    r"noticed|covered|named|see)|that covers|so far|next|carry|keep|let's|moving|on to|simple)\b(?! (?:know|now|tell))",
    r"\b(?:well|beautifully) (?:done(?! to)|spotted|handled|balanced|judged)\b(?! to)|\bnicely done[.!]$|\bkudos\b|\bhats off\b|"
    r"\bgood on you\b|\bwell played\b",
    r"\byou(?:'ve| have)? (?:\w+ly )?(?:handled|explained|balanced|weighed|remembered|covered|touched on|navigated|communicated|"
    r"picked up)\b[^.!?]*"
    r"(?:\b(?:well|gracefully|with ease|calmly|clarity|simple terms|both sides|beautifully|plan|what i said|assess|so far)\b)",
    r"\byou(?:'ve| have) (?:named|covered|given me|addressed|done|ticked)\b[^.!?]*(?:, now|\bare still|\bstill to come|\bnicely|"
    r", and that)",
    r"\byou(?:'re| are) (?:clearly |really |demonstrating|displaying|making (?:real|good) progress|a (?:natural|strong|good|great|"
    r"gifted) )",
    r"\byou (?:really |clearly )?(?:showed (?!me|us|it|him|her)|understand the|have (?:a talent|the right|good|great) \w+|balanced|"
    r"seem well|got it right|hit the nail)",
    r"\b(?<!of )your (?:\w+ )?(?:empathy|instincts?|honesty|clarity|composure|structure|judgement|reasoning|communication|story|numbers|"
    r"attention)\b"
    r"[^.!?]*\b(?:comes? through|shows?|credit|remarkable|persuasive|impressive|excellent|needs work|strong|sound)\b",
    r"\b(?:the|what) right (?:instincts?|priority|answer)\b|\bright answer\b|\bright on the money\b|\bno wrong answer\b|"
    r"\bnail on the head\b",
    r"\bdone this before\b[^?]*(?:impress|$)|\bimpressed (?:by|with) (?:your|how)\b|\bimpressive\b|\bbe proud of\b|\bwhich isn't easy\b",
    r"\b(?:best|clearest|strongest) (?:answer|explanation|summary) (?:i've|i have|all|so far|today)\b|\bpleased with how\b|"
    r"\bnot bad (?:at all )?for\b",
    r"\bthat (?:demonstrates|shows) (?:you|leadership|ownership|that you)\b|\b(?:i'm|i am) glad you (?:mentioned|asked|said|brought)\b",
    r"\b(?:next|second|first) (?:part|question) of (?:the|our|this) (?:case|interview|exercise)\b|\blet's go to the next question\b|"
    r"\bnow let's cover\b",
)
COACHING = re.compile("|".join(_LIST), re.I | re.M)
