"""Words in names that are not names: particles, titles, suffixes, degrees; and short forms of given names."""

from __future__ import annotations

from collections.abc import Mapping

PARTICLES = frozenset(
    "al ap ben bin bint da dal das de del della den der des di do dos du el het la las le lo los san ten ter"
    " van vande vanden vander vom von y zu zum zur".split()
)
# These also end Asian given names: Wen-bin, Xiao-di.
SYLLABLES = frozenset("al ben bin bint da dal das di do du el la le lo los san ten ter y zu".split())
# Written in lower case if a whole name was deposited in capitals: VAN DER BERG is van der Berg.
SMALL_PARTICLES = frozenset(
    "bin bint da das de del den der des do dos du e het ten ter van vom von y zu zum zur".split()
)
ARTICLES = frozenset({"el", "la", "las", "lo", "los"})
TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "sir"})
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "júnior"})
SUFFIXES = GENERATIONS | {"phd", "md", "msc", "bsc", "dphil", "frcp", "esq"}
# After a comma these are degrees; "MA" or "RN" elsewhere may be initials.
DEGREES = SUFFIXES | frozenset(
    "aprn ba bds bs bsn cpa cph csc dc dds dmd dnp do dpt drph dsc dvm edd facc facp facs faha fesc fmedsci"
    " frs frse habil"
    " frcpc frcs frs jd llm ma mas mba mbbs mbchb mch med meng mha mmed mms mn mpa mph mpharm mphil mra mrcp"
    " ms msc mscr msn msph msw mtm np pa pharmd psyd rd rn rph scd scm".split()
)
_SHORT_FORMS = """
abigail abby gail | abraham abe abram | albert al bert | alexander alex alec sasha xander aleksandr aleksander
alexandra alex sandra sasha alexandria | alfred alf fred | alison alice ali | andreas andi
andrew andy drew | angela angie | ann anne anna annie nan | anthony tony antony | antonio tony toni
arthur art | barbara barb babs | bartholomew bart | benjamin ben benny benj | bernard bernie | bradley brad
caroline carolyn carrie | catherine cathy cate kate katie | charles charlie chas chuck
charlotte lottie | christian chris | christina chris tina christine | christine chris tina
christopher chris kit | clifford cliff | constance connie | cornelius kees | cynthia cindy
daniel dan danny danl | david dave davy davey | deborah deb debbie debra | dennis denny | donald don donnie
dorothy dot dottie | douglas doug | edmund ed eddie | edward ed eddie ned ted edw | edwin ed
eleanor ellie nora | elizabeth beth betsy betty eliza liz lisa libby | eugene gene | evelyn evie
francesco franco | francis frank fran | francisco paco pancho fco | franklin frank
frederick fred freddy fredrick frederic | friedrich fritz | gabriel gabe | geoffrey geoff jeff
george geo georgie | gerald gerry jerry | gerard gerry | gilbert gil | gregory greg gregg | gretchen grete
harold hal harry | heinrich heinz | helen nell | henry hank harry hal | howard howie
isabel isa bel isabelle isabella | jacob jake jakob | jacqueline jackie | james jim jimmy jamie jas
jane janie | janet | janice | jeffrey jeff geoff | jennifer jen jenny jenn | jeremy jerry jem
jessica jess jessie | joachim jochen achim | johann hans | johannes hans johan jan
john jack johnny jon jno | jonathan jon jonny johnathan | jose pepe | joseph joe joey jos josef jozef
joshua josh | judith judy judi | julia julie | katherine kate kathy katie kathryn
kathleen kathy kate katie | kenneth ken kenny | kimberly kim kimberley | lawrence larry laurie laurence
leonard len lenny leo | leonardo leo | lillian lily | louis lou louie lewis | madeleine maddie
manuel manny manolo | margaret maggie meg peggy greta marge rita | maria mary marie | marjorie marge
martin marty | matthew matt matthias | matthias matt | max maximilian | maxwell max | megan meg
mercedes merche | michael mike mick mickey micky michel | michelle shelly | miguel mike | mikhail misha
mohammad md mohd mohammed muhammad mohamed muhammed mohamad muhamad | nathan nate
nathaniel nat nate nathan | nicholas nick nicky nicolas nikolas nico klaus claus | nikolai kolya
oliver ollie | pamela pam | patricia pat patty tricia trish | patrick pat paddy | peter pete
philip phil phillip | priscilla cilla | rachel rach | raymond ray | rebecca becky becca
reginald reg reggie | richard rick dick rich richie | robert bob bobby rob robbie robt bert | roberta bobbie
roderick rod | rodney rod | roger rog | ronald ron ronnie | rudolf rudi rudy rudolph | russell russ
samantha sam | samuel sam sammy saml | sandra sandy | sebastian seb | sergey serge sergei | sidney sid
stanley stan | stefan steffen | stephanie steph | stephen steve steven stevie
susan sue susie suzanne susanna | sylvia silvia | terence terry | teresa terry tess theresa
theodore ted theo | thomas tom tommy thos | timothy tim | tobias toby tobi | ulrich uli | valentin val
valerie val | victor vic viktor | victoria vicky tori | vincent vince vinny | virginia ginny
vladimir vova volodya | walter walt wally | wendell wendy | wilhelm willi
william bill billy will willy wm liam | winifred winnie | wolfgang wolf | yevgeny evgeny eugene
zachary zach zack
"""


def _group_short_forms(table: str) -> Mapping[str, frozenset[int]]:
    """Map each name to its groups; the members of a group are forms of one name."""
    groups: dict[str, frozenset[int]] = {}
    for number, names in enumerate(table.replace("\n", "|").split("|")):
        for name in names.split():
            groups[name] = groups.get(name, frozenset()) | {number}
    return groups


SHORT_FORMS = _group_short_forms(_SHORT_FORMS)
