"""How the instructions look: rules of a ``style`` element, which Label Studio keeps in its instructions window."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
.lsf-modal-ls .lsf-modal-ls__content:has(.gli) { max-width: calc(100vw - 16px); min-width: 0 }
.gli { overflow-wrap: anywhere }
.gli p, .gli li, .gli td, .gli th { font-size: 14px; line-height: 20px }
.gli p { margin: 0 0 8px }
.gli ul, .gli ol { margin: 0 0 8px; padding-inline-start: 20px }
.gli li { margin: 0 }
.gli ul { list-style: disc }
.gli ol { list-style: decimal }
.gli h3, .gli h4, .gli h5 { font-weight: 600 }
.gli h3 { margin: 24px 0 6px; font-size: 18px; line-height: 24px }
.gli h4 { margin: 18px 0 4px; font-size: 16px; line-height: 22px }
.gli h5 { margin: 16px 0 4px; font-size: 15px; line-height: 20px }
.gli table { border-collapse: collapse; width: 100% }
.gli td, .gli th { padding: 4px 0; text-align: start; vertical-align: top }
.gli td, .gli th { border-bottom: 1px solid rgba(128, 128, 128, 0.3) }
.gli-rows th { width: 30%; padding-inline-end: 12px; font-weight: 600 }
.gli .gli-rows ul { margin-bottom: 0 }
.gli-swatch { display: inline-block; width: 12px; height: 12px; border-radius: 2px; margin-inline-end: 8px }
.gli .gli-note { opacity: 0.8 }
.gli .gli-end { margin-top: 24px; font-size: 12px; opacity: 0.8 }
@media (max-width: 600px) {
  .gli-rows :is(tbody, tr, th, td) { display: block; width: auto }
  .gli-rows th { border-bottom: 0; padding-bottom: 0 }
}
"""
"""The window is never wider than the page; on a phone what is told stands below its name. No ``>``: it is encoded."""
