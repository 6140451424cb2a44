"""Journals and meetings of many fields, as pages shorten them and beside their sisters."""

from __future__ import annotations

import pytest

from enrich.reconciler.journal_names import is_same_container

# Each line: the value on the page; the container of the record.
ONE_CONTAINER = """
J. Am. Chem. Soc. | Journal of the American Chemical Society
J Am Chem Soc | Journal of the American Chemical Society
Angew. Chem. Int. Ed. | Angewandte Chemie International Edition
Angew. Chem., Int. Ed. | Angewandte Chemie International Edition
Nat. Commun. | Nature Communications
Proc. Natl. Acad. Sci. U.S.A. | Proceedings of the National Academy of Sciences
Proc Natl Acad Sci USA | Proceedings of the National Academy of Sciences
PNAS | Proceedings of the National Academy of Sciences
Astrophys. J. Lett. | The Astrophysical Journal Letters
A&A | Astronomy & Astrophysics
MNRAS | Monthly Notices of the Royal Astronomical Society
Z. Naturforsch. A | Zeitschrift für Naturforschung A
J. Fluid Mech. | Journal of Fluid Mechanics
IEEE Trans. Pattern Anal. Mach. Intell. | IEEE Transactions on Pattern Analysis and Machine Intelligence
TPAMI | IEEE Transactions on Pattern Analysis and Machine Intelligence
IEEE TPAMI | IEEE Transactions on Pattern Analysis and Machine Intelligence
N. Engl. J. Med. | New England Journal of Medicine
NEJM | New England Journal of Medicine
The New England Journal of Medicine | New England Journal of Medicine
Am. Econ. Rev. | American Economic Review
AER | American Economic Review
Eur. Phys. J. C | The European Physical Journal C
EPJ C | The European Physical Journal C
JHEP | Journal of High Energy Physics
J. High Energ. Phys. | Journal of High Energy Physics
Phys. Rev. D | Physical Review D
PRD | Physical Review D
Biochim. Biophys. Acta, Biomembr. | Biochimica et Biophysica Acta (BBA) - Biomembranes
BBA Biomembranes | Biochimica et Biophysica Acta (BBA) - Biomembranes
J. Phys.: Condens. Matter | Journal of Physics: Condensed Matter
J Phys Condens Matter | Journal of Physics: Condensed Matter
J. Phys. A: Math. Theor. | Journal of Physics A: Mathematical and Theoretical
Acta Crystallogr., Sect. D: Struct. Biol. | Acta Crystallographica Section D Structural Biology
Phil. Trans. R. Soc. A | Philosophical Transactions of the Royal Society A: Mathematical, Physical and Engineering Sciences
Proc. R. Soc. B | Proceedings of the Royal Society B: Biological Sciences
Trends Cogn. Sci. | Trends in Cognitive Sciences
J Clin Epidemiol | Journal of Clinical Epidemiology
Br J Psychiatry | British Journal of Psychiatry
Dtsch Arztebl Int | Deutsches Ärzteblatt international
Ann. Rev. Psychol. | Annual Review of Psychology
Annu Rev Psychol | Annual Review of Psychology
Can. J. Fish. Aquat. Sci. | Canadian Journal of Fisheries and Aquatic Sciences
Environ. Sci. Technol. | Environmental Science & Technology
ES&T | Environmental Science & Technology
Int. J. Hydrog. Energy | International Journal of Hydrogen Energy
Comput. Methods Appl. Mech. Eng. | Computer Methods in Applied Mechanics and Engineering
CMAME | Computer Methods in Applied Mechanics and Engineering
Lect. Notes Comput. Sci. | Lecture Notes in Computer Science
LNCS | Lecture Notes in Computer Science
Rev. Esp. Salud Pública | Revista Española de Salud Pública
Geophys. Res. Lett. | Geophysical Research Letters
GRL | Geophysical Research Letters
Chaos | Chaos: An Interdisciplinary Journal of Nonlinear Science
Industrial Robot | Industrial Robot: An International Journal
Sleep Health | Sleep Health: Journal of the National Sleep Foundation
JAMA | JAMA: The Journal of the American Medical Association
Database | Database: The Journal of Biological Databases and Curation
BJOG | BJOG: An International Journal of Obstetrics & Gynaecology
Ethnos: Journal of Anthropology | Ethnos
VINE: The journal of information | VINE
In *Proceedings of CHI 2019* | Proceedings of the 2019 CHI Conference on Human Factors in Computing Systems
CHI '19 | Proceedings of the 2019 CHI Conference on Human Factors in Computing Systems
CHI | Proceedings of the 2019 CHI Conference on Human Factors in Computing Systems
ACM CHI Conference on Human Factors in Computing Systems | Proceedings of the 2019 CHI Conference on Human Factors in Computing Systems
ICRA 2018 | 2018 IEEE International Conference on Robotics and Automation (ICRA)
IEEE ICRA | 2018 IEEE International Conference on Robotics and Automation (ICRA)
Proc. IEEE Int. Conf. Robot. Autom. | 2018 IEEE International Conference on Robotics and Automation (ICRA)
International Conference on Robotics and Automation | 2018 IEEE International Conference on Robotics and Automation (ICRA)
Proceedings of the 27th ACM International Conference on Multimedia | Proceedings of the 27th ACM International Conference on Multimedia
ACL 2020 | Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics
In Proceedings of the 58th Annual Meeting of the ACL | Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics
INTERSPEECH 2017 | Interspeech 2017
Interspeech | Interspeech 2017
ECCV | Computer Vision – ECCV 2020
MICCAI 2019 | Medical Image Computing and Computer Assisted Intervention – MICCAI 2019
SIGIR '20, July 25–30, Virtual Event, China | Proceedings of the 43rd International ACM SIGIR Conference on Research and Development in Information Retrieval
*Nature*, 521, 436 (2015) | Nature
Nature 521 (2015) 436–444 | Nature
Nature, vol. 521, no. 7553, pp. 436-444 | Nature
In press, *Nature* | Nature
To appear in *Nature* | Nature
*Nature* (in press) | Nature
Forthcoming in Nature | Nature
accepted at *Nature* | Nature
Published in: Nature | Nature
**Nature** | Nature
_Nature_ | Nature
Nature. | Nature
Nature, 2015 | Nature
Nature (2015) | Nature
2015 Nature | Nature
[Nature](https://www.nature.com) | Nature
*Nature*. 2015;521:436-44 | Nature
Nature 2015 May 28;521(7553):436-44. doi: 10.1038/nature14539 | Nature
Nature, Volume 521, Issue 7553, May 2015, Pages 436–444 | Nature
Nature (IF 42.8) | Nature
Nature (Q1) | Nature
Nature - Volume 521 | Nature
NATURE | Nature
*The Nature* | Nature
Nature (London) | Nature
Science (New York, N.Y.) | Science
Cell, 161(7): 1515 | Cell
Nature (Open Access) | Nature
Nature [Epub ahead of print] | Nature
Nature, advance online publication | Nature
Nature (Early View) | Nature
Nature, online first | Nature
Nature, first published online | Nature
Nature (special issue on deep learning) | Nature
Nature (cover article) | Nature
Journal of Physics: Conference Series | Journal of Physics: Conference Series
J. Phys.: Conf. Ser. 1234 012001 | Journal of Physics: Conference Series
JPCS | Journal of Physics: Conference Series
Diabetes, Obesity and Metabolism, 21(3), 45 | Diabetes, Obesity and Metabolism
Plant, Cell & Environment | Plant, Cell and Environment
PLoS One | PLOS ONE
PLoS ONE 12(3): e0173 | PLOS ONE
Rev. Mod. Phys. | Reviews of Modern Physics
Bioorg Med Chem Lett | Bioorganic & Medicinal Chemistry Letters
Revue d'économie politique | Revue d’économie politique
心理学報 | 心理学報
Известия вузов | Известия вузов
L'Année psychologique | L’Année psychologique
Zeitschrift fuer Physik | Zeitschrift für Physik
Journal of Ecology &amp; Evolution | Journal of Ecology & Evolution
J. Geophys. Res. Atmos. | Journal of Geophysical Research: Atmospheres
JGR Atmospheres | Journal of Geophysical Research: Atmospheres
J. Geophys. Res.-Atmos. | Journal of Geophysical Research: Atmospheres
Mater. Sci. Eng. A | Materials Science and Engineering: A
Spectrochim. Acta A | Spectrochimica Acta Part A: Molecular and Biomolecular Spectroscopy
Spectrochimica Acta, Part A | Spectrochimica Acta Part A: Molecular and Biomolecular Spectroscopy
Comp. Biochem. Physiol. B | Comparative Biochemistry and Physiology Part B: Biochemistry and Molecular Biology
J Biomed Mater Res A | Journal of Biomedical Materials Research Part A
Nucl. Instrum. Methods Phys. Res. A | Nuclear Instruments and Methods in Physics Research Section A: Accelerators, Spectrometers, Detectors and Associated Equipment
Phys. Lett. B | Physics Letters B
PLB | Physics Letters B
Class. Quantum Grav. | Classical and Quantum Gravity
CQG | Classical and Quantum Gravity
Am J Hum Genet | The American Journal of Human Genetics
AJHG | The American Journal of Human Genetics
Nucleic Acids Res | Nucleic Acids Research
NAR | Nucleic Acids Research
Philos Trans R Soc Lond B Biol Sci | Philosophical Transactions of the Royal Society B: Biological Sciences
Cereb Cortex | Cerebral Cortex
J Exp Psychol Gen | Journal of Experimental Psychology: General
JEP: General | Journal of Experimental Psychology: General
Behav Brain Sci | Behavioral and Brain Sciences
BBS | Behavioral and Brain Sciences
Q J Econ | The Quarterly Journal of Economics
QJE | The Quarterly Journal of Economics
Rev Econ Stat | The Review of Economics and Statistics
Ann. Statist. | The Annals of Statistics
JRSSB | Journal of the Royal Statistical Society: Series B (Statistical Methodology)
J. R. Stat. Soc. B | Journal of the Royal Statistical Society: Series B (Statistical Methodology)
Journal of the Royal Statistical Society, Series B | Journal of the Royal Statistical Society: Series B (Statistical Methodology)
J. Amer. Statist. Assoc. | Journal of the American Statistical Association
JASA | Journal of the American Statistical Association
Math. Ann. | Mathematische Annalen
Invent. math. | Inventiones mathematicae
Commun. Math. Phys. | Communications in Mathematical Physics
C. R. Acad. Sci. Paris, Sér. I | Comptes Rendus de l'Académie des Sciences - Series I - Mathematics
Proc. ACM Program. Lang. | Proceedings of the ACM on Programming Languages
PACMPL | Proceedings of the ACM on Programming Languages
Proc. ACM Hum.-Comput. Interact. | Proceedings of the ACM on Human-Computer Interaction
Proc. VLDB Endow. | Proceedings of the VLDB Endowment
IEEE J. Sel. Areas Commun. | IEEE Journal on Selected Areas in Communications
IEEE/ACM Trans. Netw. | IEEE/ACM Transactions on Networking
ACM TOG | ACM Transactions on Graphics
Comput. Graph. Forum | Computer Graphics Forum
Bioinformatics (Oxford, England) | Bioinformatics
Lancet | The Lancet
The Lancet (London, England) | The Lancet
Z. Phys. Chem. | Zeitschrift für Physikalische Chemie
Helv. Chim. Acta | Helvetica Chimica Acta
Rev. Bras. Entomol. | Revista Brasileira de Entomologia
Bol. Soc. Geol. Mex. | Boletín de la Sociedad Geológica Mexicana
Cah. Géogr. Qué. | Cahiers de géographie du Québec
Publ. Astron. Soc. Jpn. | Publications of the Astronomical Society of Japan
PASJ | Publications of the Astronomical Society of Japan
Bull. Am. Meteorol. Soc. | Bulletin of the American Meteorological Society
BAMS | Bulletin of the American Meteorological Society
In Proc. of ICML 2019 | Proceedings of the 36th International Conference on Machine Learning
ICML | International Conference on Machine Learning
In: Computer Vision – ECCV 2020. Lecture Notes in Computer Science, vol 12345. Springer, Cham | Computer Vision – ECCV 2020
Lecture Notes in Computer Science (LNCS) | Lecture Notes in Computer Science
IROS | 2018 IEEE/RSJ International Conference on Intelligent Robots and Systems (IROS)
IEEE/RSJ IROS 2018 | 2018 IEEE/RSJ International Conference on Intelligent Robots and Systems (IROS)
EMNLP | Proceedings of the 2019 Conference on Empirical Methods in Natural Language Processing (EMNLP-IJCNLP)
INFOCOM 2024 | IEEE INFOCOM 2024 - IEEE Conference on Computer Communications
Nature (accepted) | Nature
Nature, accepted for publication | Nature
Nature; 521: 436-444 | Nature
Nature/521/436 | Nature
Nature 521 | Nature
Nature, 521.7553 (2015): 436 | Nature
'Nature' | Nature
“Nature” | Nature
«Nature» | Nature
{Nature} | Nature
<i>Nature</i> | Nature
<em>Nature</em>, 521 | Nature
Nature (UK) | Nature
Nature, London | Nature
en *Nature* | Nature
dans *Nature* | Nature
*Nature* (2015) 521:436 | Nature
"""  # noqa: E501
TWO_CONTAINERS = """
Chem | Chemical Communications
Chem. Commun. | Chem
Journal of Physics | Journal of Physics: Conference Series
Journal of Physics: Conference Series | Journal of Physics
The Lancet | The Lancet Oncology
Lancet Oncology | The Lancet
Lancet Oncol. | The Lancet Neurology
BMJ | BMJ Open
BMJ Open | BMJ
BMJ Global Health | BMJ Open
J. Phys. Chem. | The Journal of Physical Chemistry A
J. Phys. Chem. A | The Journal of Physical Chemistry B
J. Phys. Chem. Lett. | The Journal of Physical Chemistry
J. Phys. Chem. C | The Journal of Physical Chemistry Letters
CVPR 2019 Workshops | 2019 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)
CVPR | 2019 IEEE/CVF Conference on Computer Vision and Pattern Recognition Workshops (CVPRW)
Submitted to *Nature* | Nature
*Nature*, submitted | Nature
Under review at Nature | Nature
In preparation for Nature | Nature
Nature (minor revision) | Nature
Nature, in revision | Nature
R&R at Nature | Nature
BBA - Bioenergetics | Biochimica et Biophysica Acta (BBA) - Biomembranes
BBA Mol. Cell Res. | Biochimica et Biophysica Acta (BBA) - Molecular Basis of Disease
Cell | Cell Reports
Cell Rep. | Cell
Cell Rep. Med. | Cell Reports Methods
Cell Reports | Cell Reports Medicine
Evolution | Evolution: Education and Outreach
Evol. Lett. | Evolution
Journal of Hydrology | Journal of Hydrology: Regional Studies
Journal of Hydrology X | Journal of Hydrology
Diabetes | Diabetes, Obesity and Metabolism
Diabetes Care | Diabetes
PeerJ | PeerJ Computer Science
PeerJ Preprints | PeerJ
PLOS ONE | PLOS Biology
PLoS Comput Biol | PLOS Biology
Phys. Rev. B | Physical Review A
Phys. Rev. | Physical Review Letters
Phys. Rev. X | Physical Review
Phys. Rev. Research | Physical Review
Phys. Rev. Lett. | Physical Review E
Nature Physics | Nature
Nat. Phys. | Nature Photonics
Nat. Rev. Phys. | Nature Physics
Sci. Adv. | Science
Science | Science Advances
Sci. Rep. | Science
Angew. Chem. | Angewandte Chemie International Edition
Eur. Phys. J. A | The European Physical Journal C
EPJ Web Conf. | The European Physical Journal A
ECCV Workshops 2020 | Computer Vision – ECCV 2020
CHI EA '19 | Proceedings of the 2019 CHI Conference on Human Factors in Computing Systems
CHI 2018 | Proceedings of the 2019 CHI Conference on Human Factors in Computing Systems
CHI PLAY '19 | Proceedings of the 2019 CHI Conference on Human Factors in Computing Systems
Findings of ACL | Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics
EACL 2021 | Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics
ICRA 2017 | 2018 IEEE International Conference on Robotics and Automation (ICRA)
IROS 2018 | 2018 IEEE International Conference on Robotics and Automation (ICRA)
IEEE Robotics and Automation Letters | 2018 IEEE International Conference on Robotics and Automation (ICRA)
MICCAI Workshop on Brain Lesions 2019 | Medical Image Computing and Computer Assisted Intervention – MICCAI 2019
ACM Trans. Graph. | ACM Transactions on Computer-Human Interaction
JAMA Netw Open | JAMA
JAMA Psychiatry | JAMA Neurology
Ann. Phys. | Annals of Botany
Journal of Physics A | Journal of Physics B: Atomic, Molecular and Optical Physics
Astrophys. J. | The Astrophysical Journal Letters
ApJS | The Astrophysical Journal
IEEE | IEEE Access
Access | IEEE Access
Proc. R. Soc. A | Proceedings of the Royal Society B: Biological Sciences
Acta Cryst. C | Acta Crystallographica Section D Structural Biology
Medicine | Internal Medicine
Psychological Science | Psychological Science in the Public Interest
Current Biology | Current Opinion in Biotechnology
Neuron | Neuroscience
Brain | Brain Research
Brain Research | Brain Research Bulletin
Blood | Blood Advances
Development | Development Genes and Evolution
Genetics | Genetics in Medicine
Pain | PAIN Reports
Gut | Gut Microbes
Water | Water Research
Water Research X | Water Research
Sensors | Sensors and Actuators B: Chemical
Sensors and Actuators A | Sensors and Actuators B: Chemical
Carbon | Carbon Trends
Nuclear Physics A | Nuclear Physics B
Physica A | Physica D: Nonlinear Phenomena
Comptes Rendus Physique | Comptes Rendus Chimie
arXiv | Nature
bioRxiv | Nature
Sustainability | Sustainability Science
J. Geophys. Res. Oceans | Journal of Geophysical Research: Atmospheres
Geophysical Research | Geophysical Research Letters
Mater. Sci. Eng. B | Materials Science and Engineering: A
Mater. Sci. Eng. | Materials Science and Engineering: A
Spectrochim. Acta B | Spectrochimica Acta Part A: Molecular and Biomolecular Spectroscopy
Nucl. Instrum. Methods Phys. Res. B | Nuclear Instruments and Methods in Physics Research Section A: Accelerators, Spectrometers, Detectors and Associated Equipment
NIM B | Nuclear Instruments and Methods in Physics Research Section A: Accelerators, Spectrometers, Detectors and Associated Equipment
Physics Letters A | Physics Letters B
JEP: Applied | Journal of Experimental Psychology: General
J Exp Psychol | Journal of Experimental Psychology: General
JRSSA | Journal of the Royal Statistical Society: Series B (Statistical Methodology)
Journal of the Royal Statistical Society | Journal of the Royal Statistical Society: Series B (Statistical Methodology)
Ann. Appl. Stat. | The Annals of Statistics
Annals of Probability | The Annals of Statistics
ACM TOCHI | ACM Transactions on Graphics
PACM HCI | Proceedings of the ACM on Programming Languages
Nature Communications Biology | Nature Communications
Communications Biology | Nature Communications
Scientific Data | Scientific Reports
Science Translational Medicine | Science
Science Robotics | Science Immunology
Lancet Digital Health | The Lancet
The Lancet Planetary Health | The Lancet Public Health
JAMA Internal Medicine | JAMA: The Journal of the American Medical Association
BMJ Case Reports | BMJ
BMC Biology | BMC Bioinformatics
BMC | BMC Biology
Frontiers in Psychology | Frontiers in Psychiatry
Front. Psychol. | Frontiers in Psychiatry
Front. Neurosci. | Frontiers in Neurology
Front. Hum. Neurosci. | Frontiers in Neuroscience
Trends in Neurosciences | Trends in Cognitive Sciences
Current Opinion in Neurobiology | Current Opinion in Psychology
Annual Review of Psychology | Annual Review of Clinical Psychology
Int. J. Mol. Sci. | International Journal of Molecular Medicine
IEEE Trans. Image Process. | IEEE Transactions on Signal Processing
IEEE Trans. Robot. Autom. | IEEE Transactions on Robotics
IEEE Robot. Autom. Lett. | IEEE Robotics & Automation Magazine
IEEE Commun. Lett. | IEEE Transactions on Communications
ICLR 2019 | Proceedings of the 36th International Conference on Machine Learning
ICML Workshop on Snow | International Conference on Machine Learning
IROS Workshop | 2018 IEEE/RSJ International Conference on Intelligent Robots and Systems (IROS)
EMNLP Findings | Proceedings of the 2019 Conference on Empirical Methods in Natural Language Processing (EMNLP-IJCNLP)
Companion of CHI | Proceedings of the 2019 CHI Conference on Human Factors in Computing Systems
CSCW | Proceedings of the 2019 CHI Conference on Human Factors in Computing Systems
MobileHCI | Proceedings of the 2019 CHI Conference on Human Factors in Computing Systems
SIGGRAPH 2019 | SIGGRAPH Asia 2019 Technical Briefs
Acta Materialia | Scripta Materialia
Acta Biomaterialia | Acta Materialia
Analytical Chemistry | Analytical and Bioanalytical Chemistry
Anal. Chim. Acta | Analytical Chemistry
Organic Letters | Organic & Biomolecular Chemistry
Inorg. Chem. | Inorganica Chimica Acta
J. Chem. Phys. | Journal of Chemical Physics: Condensed
ACS Nano | ACS Applied Nano Materials
ACS Appl. Mater. Interfaces | ACS Applied Bio Materials
Nano Letters | Nano Research
Small Methods | Small
Advanced Materials | Advanced Materials Technologies
Adv. Funct. Mater. | Advanced Materials
Advanced Science | Advances in Science
Journal of Cell Biology | Journal of Cell Science
Journal of Clinical Investigation | JCI Insight
Blood | Blood Cancer Journal
Immunity | Infection and Immunity
Cancer | Cancer Cell
Cancer Research | Clinical Cancer Research
Oncogene | Oncogenesis
The Journal of Neuroscience | Journal of Neuroscience Methods
Neuroimage: Clinical | NeuroImage
NeuroImage | NeuroImage: Reports
Ecology | Ecology Letters
Ecol. Lett. | Ecology
Journal of Ecology | Journal of Animal Ecology
Philosophy of Science | Science
Language | Language Learning
Cognition | Cognitive Science
Memory | Memory & Cognition
Submitted | Nature
Nature, resubmitted | Nature
Nature (revise and resubmit) | Nature
preparing for Nature | Nature
rejected by Nature | Nature
To be submitted to Nature | Nature
"""  # noqa: E501


def read_rows(table: str) -> list[list[str]]:
    """Return the value and the container of each line."""
    return [line.split(" | ") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("value", "container"), read_rows(ONE_CONTAINER))
def test_one_container(value: str, container: str) -> None:
    assert is_same_container(value, (container,))


@pytest.mark.parametrize(("value", "container"), read_rows(TWO_CONTAINERS))
@pytest.mark.parametrize("citation", ["", ", 12(3), 45-67"])
def test_two_containers(value: str, container: str, citation: str) -> None:
    assert not is_same_container(f"{value}{citation}", (container,))
