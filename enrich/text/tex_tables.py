"""TeX's commands with their meaning in Unicode, and the commands that only arrange other text."""

from __future__ import annotations


def _make_pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _split_words_of(table: str) -> frozenset[str]:
    return frozenset(table.split())


# Those of The Comprehensive LaTeX Symbol List (https://ctan.org/pkg/comprehensive) that abstracts use.
SYMBOLS = _make_pairs("""
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
    lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ
    varphi φ chi χ psi ψ omega ω Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι
    Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω
    upalpha α upbeta β upgamma γ updelta δ upmu μ uppi π upsigma σ uptau τ upomega ω
    times × cdot ⋅ pm ± mp ∓ div ÷ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗ odot ⊙ wedge ∧ vee ∨
    cup ∪ cap ∩ setminus ∖ leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ lt < gt > neq ≠ ne ≠ approx ≈
    sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ ll ≪ gg ≫ lesssim ≲ gtrsim ≳ prec ≺ succ ≻ perp ⊥ parallel ∥
    mid ∣ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ emptyset ∅ varnothing ∅ forall ∀
    exists ∃ neg ¬ infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ oint ∮ iint ∬ sqrt √ surd √ angle ∠
    triangle △ square □ hbar ℏ hslash ℏ ell ℓ Re ℜ Im ℑ aleph ℵ wp ℘ prime ′ dagger † ddagger ‡ degree °
    to → rightarrow → longrightarrow ⟶ leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐
    Leftrightarrow ⇔ implies ⇒ iff ⇔ mapsto ↦ uparrow ↑ downarrow ↓ rightleftharpoons ⇌ langle ⟨
    rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ lbrace { rbrace }
    ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ colon : textmu µ textdegree ° textendash – textemdash —
    textasciitilde ~ textregistered ® texttrademark ™ copyright © pounds £ euro € S § P ¶ AA Å aa å
    ss ß ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł i ı j ȷ dj đ DJ Đ th þ TH Þ
    bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ models ⊨ vdash ⊢ top ⊤ bot ⊥ therefore ∴ because ∵
    log log ln ln exp exp sin sin cos cos tan tan cot cot sinh sinh cosh cosh tanh tanh arcsin arcsin
    arccos arccos arctan arctan max max min min sup sup inf inf lim lim limsup limsup liminf liminf
    det det dim dim ker ker deg deg gcd gcd arg arg Pr Pr hom hom mod mod bmod mod
""")

# Combining characters, set after the letter.
ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "check": "\u030c", "tilde": "\u0303", "widetilde": "\u0303",
    "acute": "\u0301", "grave": "\u0300", "dot": "\u0307", "ddot": "\u0308", "breve": "\u0306",
    "bar": "\u0304", "overline": "\u0304", "vec": "\u20d7", "mathring": "\u030a", "underline": "\u0332",
    "c": "\u0327", "v": "\u030c", "H": "\u030b", "u": "\u0306", "k": "\u0328", "r": "\u030a", "d": "\u0323",
}  # fmt: skip
DOUBLE_STRUCK = dict(zip("CHNPQRZE", "ℂℍℕℙℚℝℤ𝔼", strict=True))
# Relations and arrows, which have a space on either side.
SPACED = frozenset("=<>≤≥≠≈∼≃≅≡∝→←↔⇒⇔↦∈∉⊂⊆∪∩×±≪≫≲≳")
# Commands whose argument is text, with its spaces.
TEXTS = _split_words_of("text textrm textnormal textit textbf textsf texttt textup textsc mbox hbox emph")
# Commands that only choose a font or a size: their argument is the content.
TRANSPARENT = TEXTS | _split_words_of(
    """mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak mathbb boldsymbol bm pmb operatorname
    rm bf it sf tt sc cal em displaystyle textstyle scriptstyle scriptscriptstyle left right middle big Big
    bigg Bigg bigl bigr Bigl Bigr biggl biggr limits nolimits ensuremath rmfamily mathord mathop mathbin
    mathrel mathnormal mathop protect overbrace underbrace"""
)
SPACES = _split_words_of("quad qquad thinspace space enspace enskip hfill nobreak nobreakspace")
# Commands whose argument is not part of the content.
DROPPED = _split_words_of("begin end label tag hspace vspace color phantom vphantom hphantom kern")
