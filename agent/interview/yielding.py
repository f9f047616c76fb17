"""Giving way in more words: something goes, waits or changes as the other wants it, or somebody takes back what they said."""

from __future__ import annotations

_OPEN = (
    r"(?:(?:oh|well|hm|honestly|fine|okay|ok|alright|all right|right|sure|yes|yep|good|agreed|very well|you know what|there|then|"
    r"right then|so)"
    r"(?:[,.!:]? |[,.!:?] ))"
)
_MINE = (
    r"objections?|veto|no|request|demand|complaint|requirement|resistance|doubts?|reservations|condition|threshold|target|number|"
    r"version|plan|"
    r"idea|deadline|date|design"
)
_LET = (
    r"drop|cancel|withdraw|scrap|skip|postpone|wait|move|lower|loosen|relax|lift|abandon|cut|retire|accept|eat|take out|"
    r"switch|change|remove|pay"
)
_YOURS = (
    r"your (?:\w+ ){0,2}(?:way|plan|version|order|option|proposal|design|threshold|estimate|test|pilot|setting|cut-?off|approach|terms|"
    r"number|idea|one)"
)
YIELDS = (
    # theirs instead of mine
    rf"\b(?:take|use|keep|try|follow|adopt|run|do|build|go with|follow|have|switch to|prefer|accept) (?:{_YOURS}|yours)\b(?! to)",
    rf"\b{_YOURS} (?:makes more sense|stands|is (?:accepted|better|less risky|safer|fine|fine by me)|it is|wins|then)\b|"
    rf"^{_YOURS},? (?:then|it is)\b",
    r"\b(?:better|sounder|safer|cleaner|stronger) than (?:mine|my \w+)\b|\binstead of mine\b|\bmine (?:goes|can go|wouldn't|"
    r"doesn't hold)\b",
    r"\b(?:do|take|follow|go by|go along with) (?:it |that |this )?(?:what|as|like|the way|just as|how) you (?:suggest|say|said|want|"
    r"propose|proposed|wanted|described)\w*\b",
    r"\b(?:your|the) (?:way|advice|lead|order of steps)\b(?=,? (?:then|it is|and leave|i'll))|\bfollow (?:your|the data)\b",
    rf"^{_OPEN}*(?:{_YOURS}|yours)(?:, then)?[.!]|\b(?:just|exactly) as you (?:want|say|suggest|propose)\b|,? as you (?:want|suggest|"
    rf"propose|wanted)[.]",
    # mine goes
    r"\b(?:i'm|i am|i'll|i will) (?:drop|dropping|withdraw|withdrawing|cancel|cancelling|lift|lifting|give up|giving up|back off|"
    r"backing off|let go|letting go|cross out|crossing out|take back|taking back|pull|pulling|scrap|scrapping|retire|retiring)\b(?! an? )",
    rf"\bi (?:drop|withdraw|lift|cancel|yield|concede|relent|surrender|give way|give in|cave|fold|take) (?:it\b|that\b|this\b|"
    rf"my (?:{_MINE})\b|in\b|on\b|the point\b|[.!])",
    rf"\b(?:take|taking|pull|call) (?:back )?my (?:{_MINE}) back\b|\bmy (?:{_MINE}) (?:is|are|dies|goes|was) (?:gone|here|over|answered|"
    rf"wrong|arbitrary|off the)\b|\bmy (?:objection|veto|no) dies\b",
    r"\b(?:cancel|forget|ignore|scrap|drop|strike|scratch|park|bin) (?:my|what i said|the (?:deadline|rule|requirement|veto|number|"
    r"limit|clause))\b",
    r"\b(?:crossed|struck|taken|taking|crossing|scratched|striking) (?:it|that|them|\w+ \w+)? ?(?:out|off|from) ?(?:the list|it)?[.]|"
    r"\bstruck from\b|\boff the list\b",
    r"\bi(?:'ll| will| can)? (?:move|lift|eat|swallow|postpone|accept|unblock|live with|live without) the \w+",
    rf"^{_OPEN}+(?:i'll|we'll|we|i|let's|we can|i can) (?:{_LET})\b",
    r"\bthen (?:i'll|we'll|we'll let|we|we don't|let's|let us|the \w+(?: \w+)?) (?:\w+ )?(?:launch on|do without|start|wait|waits|drop|"
    r"stop|is history|goes out without|comes second|"
    r"leave|skip|forget about|do it your|follow|change)\b",
    r"\b(?:i|we) (?:don't|do not|no longer) (?:need|insist|want|mind|object|have to keep|have to have)\b[^.!?]*(?:any (?:more|longer)|"
    r"the guarantee|where it is|losing)",
    r"\bit doesn't have to be (?:my|real|that|so|perfect|every)\b|\bnobody needs my\b|\bno reason left\b|\bno (?:more|"
    r"further) (?:\w+ ){1,2}from (?:me|us|my side|our side)\b",
    r"\b(?:you'll (?:get|hear) no|no) (?:more )?(?:resistance|objections?|arguments?|complaints?) (?:from|any)\b|\bi(?:'ve|"
    r" have) nothing (?:left )?against\b",
    r"\bi (?:won't|will not|'m not going to|am not going to) (?:be the one|insist|block|stand by|stand in|fight|hold|argue|push|oppose|"
    r"resist|stop (?:it|this|you))\b",
    r"\bi can't (?:defend|justify|hold on to|argue|uphold)\b|\bi'd be (?:silly|foolish|stupid|wrong) to (?:hold|insist|keep|fight)\b",
    r"\bi (?:was|'ve been|have been|overreacted|had)(?: being)? (?:\w+ )?(?:too (?:strict|narrow|hard|careful|stubborn)|stubborn|"
    r"that backwards|guarding|protecting|holding on|about the|"
    r"counting it the wrong|wrong to (?:insist|hold|fight))\b|\bi overreacted\b|\bmy view was\b|\bmy mistake\b",
    r"\byou (?:were|are) right\b[^.!?]*,? (?:and|so) (?:i|we)\b|\bbut you're right\b|\bit hurts,? (?:but|and) i\b|"
    r"\bagainst my (?:instinct|habit|nature|better)\b",
    # theirs is granted
    r"^(?:all|it's (?:all )?|that's )yours\b(?=[.!]| then)|^(?:then |so )?(?:it's|that's|this is) (?:a go|done|on|agreed|fine by me|"
    r"okay with me)(?=[.!]|$)|^done[.!]|^in it goes\b",
    r"\byou (?:make|made|have|'ve got) (?:a|the) (?:better|stronger|sounder) (?:case|argument|plan|point|reason)s?\b|\byou(?:'ve|"
    r" have) (?:shown|proved|given) me (?:the|that|a) [^.!?]*so (?:yes|okay|fine|i)\b",
    r"\bi (?:don't|do not) have an? (?:counter|answer|reply|objection|argument)\b|\bno (?:holding out|arguing|defence|"
    r"answer) (?:against|with|to) (?:those|that|these|your|it)\b|\bdie on this hill\b",
    r"\bi can work with (?:that|it|this)(?: plan)?(?=[.!,]|$)|\b(?:meet|settle) (?:you )?at (?:your|yours)\b|"
    r"\bi believe you(?: now)?[.,!]|\bbetter than what (?:we|i) have\b",
    r"\bnot my favou?rite,? (?:but|and) (?:ok|okay|fine|yes)|,? (?:so|but|then) (?:yes|okay|ok|fine)[.!]$|^(?:i'll|we'll) (?:sign|"
    r"relax it|loosen it|lower it|try it|do it|open it|allow it)(?=[.!,]|$)",
    r"\b(?:you )?(?:have|get|earned|got|giving you) (?:my|the|your|a) (?:go|go-ahead|vote|okay|ok|approval|budget|data|traffic|"
    r"engineers|two weeks|time|freeze)\b",
    r"\byou can (?:count on my|stop convincing|have my|switch it (?:off|on)|ignore my|start (?:on|tomorrow|tonight|today))\b",
    r"\byou may (?:begin(?=[.!]| with it)|start(?=[.!]| with it)|proceed|open it|switch it|go live|take|have|run it|"
    r"turn it)\b(?! to (?:ask|worry))",
    r"\b(?:the (?:budget|weekend|team|slot|traffic|decision) is yours|it's yours)\b|\btake the \w+ (?:weeks|months|days|time)\b|"
    r"\bhave the budget\b",
    r"\bi(?:'ll| will| can| could) (?:back you|say yes|vote for (?:it|that|you)|put my name|sign off|tell (?:them|my \w+|"
    r"the \w+) (?:that )?we|make an exception|let (?:it|you|them|the \w+(?: \w+)?) "
    r"(?:through|go|have|proceed|pass)|move on it|take your word|take the heat|explain it (?:upstairs|to the)|call the \w+ and (?:tell|"
    r"say)|ring the \w+ and (?:tell|say|cancel))\b",
    r"\b(?:gets|has|have|get) my (?:vote|blessing|signature|support|yes)\b|\b(?:put|sign|set) my name (?:under|to|on|beside) (?:it|that|"
    r"this)\b|\bchanging my (?:vote|mind|view)\b",
    r"\b(?:i'm|i am) (?:satisfied|ready|willing|happy|giving you|already there|moving|for it|with you|prepared|fine with|okay with|"
    r"folding|sold|converted)\b(?! to (?:listen|hear|wait|talk|be))"
    r"(?=[^?]*$)",
    r"\b(?:now|so) (?:i'm|i am|we're) (?:for it|on your side|with you)\b|\bwe're on the same side\b|\b(?:then|so) (?:it's|the answer is|"
    r"that's) (?:a )?(?:yes|decided|settled|agreed)\b",
    r"\b(?:and )?so will i\b|\bi can say yes\b|\byes, let's\b|\byes,? (?:we should|that would be acceptable|i'd support|it's settled)\b",
    r"\b(?:put|puts|lay|set) my (?:doubts?|worr(?:y|ies)|fears?) to rest\b|\bmy (?:last|only) (?:doubt|worry|objection)\b(?! is)",
    r"\b(?:that|which) (?:does convince|takes away|answers it|is reason enough|proof was what|gives me what)\b|\b(?:that's|"
    r"is) (?:reason|proof) enough\b|\bheard enough to\b",
    r"\b(?:that's|it's|is) (?:a |an )?(?:\w+ )?(?:compromise|trade|price|version|deal) (?:i|we|one we|one i)(?:'m| am| can| could)\b",
    r"\bthe (?:figure|sum|data|evidence|test)s? (?:speaks? for you|is on your side|has won|wins)\b|\boutvoted by\b|\bwon this one\b|"
    r"\bseen it your way\b",
    rf"^{_OPEN}+(?:no (?:re\w+|more)|ninety|eighty|we (?:ship|skip|scrap|launch|change|take|postpone|drop|leave|cut|lower|wait)|lower|"
    rf"change|ship|launch|postpone|the \w+ (?:goes|gets|comes|can wait)|the \w+ \w+ (?:goes|gets|comes|can wait)|"
    rf"explainability can)\b[^?]*[.!]$",
)
