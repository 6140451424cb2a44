"""The form of a page on a site without pages: the keys that each generation of the theme reads."""

from __future__ import annotations

from collections.abc import Mapping

from enrich.model.site_context import Generation

# The work's date replaces this one. The templates of each generation have the same keys in this order.
_TOML = """\
+++
title = ""
date = 2000-01-01
authors = []
publication_types = ["0"]
publication = ""
publication_short = ""
abstract = ""
summary = ""
tags = []
featured = false
projects = []
url_pdf = ""
url_preprint = ""
url_code = ""
url_dataset = ""
url_slides = ""
url_video = ""
doi = ""
+++
"""
_YAML = """\
---
title: ""
authors: []
date: 2000-01-01
doi: ""
publication_types: [""]
publication: ""
publication_short: ""
abstract: ""
summary: ""
tags: []
featured: false
url_pdf: ""
url_code: ""
url_dataset: ""
url_slides: ""
url_video: ""
projects: []
---
"""
_KIT = """\
---
title: ""
authors: []
date: 2000-01-01
hugoblox:
  ids:
    doi: ""
publication_types: [""]
publication: ""
publication_short: ""
abstract: ""
summary: ""
tags: []
featured: false
links: []
---
"""
STARTERS: Mapping[Generation, str] = {
    "academic": _TOML,
    "wowchemy": _YAML,
    "bootstrap": _YAML,
    "tailwind": _YAML,
    "kit": _KIT,
}
