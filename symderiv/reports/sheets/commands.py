r"""The commands of mathematics that an author may write, and what they take."""

from __future__ import annotations

SYMBOLS = frozenset(
    r"""
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon
    phi chi psi omega varepsilon vartheta varpi varrho varsigma varphi varkappa digamma Gamma Delta
    Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega varGamma varDelta varTheta varLambda varXi varPi
    varSigma varUpsilon varPhi varPsi varOmega aleph beth hbar hslash ell imath jmath wp Re Im partial
    nabla infty prime emptyset varnothing forall exists nexists neg lnot top bot angle measuredangle
    triangle surd square blacksquare Box Diamond diamondsuit heartsuit clubsuit spadesuit flat natural
    sharp complement mho eth backslash bigstar lozenge checkmark dag ddag pm mp times div ast star circ
    bullet cdot cap cup uplus sqcap sqcup vee wedge lor land setminus smallsetminus wr diamond
    bigtriangleup bigtriangledown triangleleft triangleright oplus ominus otimes oslash odot bigcirc
    dagger ddagger amalg boxplus boxminus boxtimes boxdot ltimes rtimes intercal circledast circledcirc
    dotplus le leq ge geq ne neq lt gt ll gg lll ggg prec succ preceq succeq sim simeq approx approxeq
    cong equiv doteq propto varpropto asymp subset supset subseteq supseteq subsetneq supsetneq
    sqsubseteq sqsupseteq in notin ni owns vdash dashv models perp mid nmid parallel nparallel bowtie
    smile frown leqslant geqslant lesssim gtrsim lessgtr gtrless nleq ngeq nless ngtr triangleq
    trianglelefteq trianglerighteq therefore because Vdash vDash to gets leftarrow rightarrow
    leftrightarrow Leftarrow Rightarrow Leftrightarrow uparrow downarrow updownarrow Uparrow Downarrow
    longleftarrow longrightarrow Longleftarrow Longrightarrow longleftrightarrow Longleftrightarrow
    mapsto longmapsto hookrightarrow hookleftarrow rightharpoonup rightharpoondown leftharpoonup
    leftharpoondown rightleftharpoons leadsto rightsquigarrow iff implies impliedby nearrow searrow
    swarrow nwarrow circlearrowleft circlearrowright curvearrowleft curvearrowright upharpoonright
    restriction sum prod coprod int iint iiint oint bigcap bigcup bigsqcup bigvee bigwedge bigodot
    bigoplus bigotimes biguplus arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom
    inf ker lg lim liminf limsup ln log max min Pr sec sin sinh sup tan tanh bmod injlim projlim
    varliminf varlimsup lbrace rbrace lbrack rbrack langle rangle lvert rvert vert lVert rVert Vert
    lfloor rfloor lceil rceil lgroup rgroup ulcorner urcorner llcorner lrcorner ldots cdots vdots ddots
    dots dotsc dotsb dotsm dotsi colon quad qquad thinspace enspace displaystyle textstyle scriptstyle
    scriptscriptstyle limits nolimits rm bf it cal hline not
    """.split()
)
ARGUMENTS = {
    **dict.fromkeys(
        r"""
        sqrt mathbb mathbf mathcal mathrm mathit mathsf mathtt mathfrak mathnormal boldsymbol hat bar
        vec dot ddot dddot tilde check breve acute grave mathring widehat widetilde overline underline
        overbrace underbrace overrightarrow overleftarrow overleftrightarrow underrightarrow boxed
        operatorname operatorname* pmod mod pod mathop mathbin mathrel mathord mathopen mathclose
        mathpunct mathinner phantom hphantom vphantom substack smash xrightarrow xleftarrow
        """.split(),
        1,
    ),
    **dict.fromkeys(
        "frac dfrac tfrac cfrac binom dbinom tbinom overset underset stackrel sideset".split(), 2
    ),
}
TEXTS = frozenset("text textbf textit texttt textrm textsf textsc textnormal mbox".split())
SIZES = frozenset(
    [f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "m", "r")] + ["middle"]
)
SIGNS = frozenset(",;:! {}|%&#_$>")
ENVIRONMENTS = {
    **{name: name for name in "cases aligned gathered split array smallmatrix matrix".split()},
    **{f"{letter}matrix": f"{letter}matrix" for letter in "pbBvV"},
    # the forms that stand on lines of their own, by those that stand inside a formula
    **{f"{name}{star}": f"{name}ed" for name in ("align", "gather") for star in ("", "*")},
}
SPELLINGS = {
    "bm": r"\boldsymbol",
    "argmax": r"\operatorname*{arg\,max}",
    "argmin": r"\operatorname*{arg\,min}",
    "coloneqq": ":=",
    "R": r"\mathbb{R}",
    "N": r"\mathbb{N}",
    "Z": r"\mathbb{Z}",
}
