"""Style sheet of the labeling config: image, class buttons and ratings in sight at once on 1280 × 900."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
.gl { container-type: inline-size; --gl-beside: 250px }
.gl-asking { --gl-beside: 346px }
.gl-verdict p { margin: 0 0 6px }
.gl-classes { display: flex; flex-wrap: wrap; gap: 2px 14px; margin-bottom: 6px }
.gl-tool { display: flex; align-items: center; gap: 6px }
.gl-tool-name { font-size: 12px; opacity: 0.75 }
.gl .gl-classes .lsf-labels { margin: 0; display: flex; flex-wrap: wrap }
.gl .gl-classes .lsf-label { margin: 2px 6px 2px 0; font-size: 13px }
.gl .gl-classes .lsf-label_selected { text-shadow: 0 0 2px #000, 0 0 2px #000 }
.gl-image { width: calc(100vh - var(--gl-beside)); min-width: min(100%, 554px); max-width: 100% }
.gl-side { margin-top: 4px }
.gl-questions { display: grid; grid-template-columns: repeat(auto-fill, minmax(212px, 1fr)); gap: 3px 14px;
  align-items: start }
.gl-question { position: relative; min-width: 0 }
.gl-title { font-size: 12px; line-height: 16px }
.gl-required { color: #d55e00 }
.gl-note { opacity: 0.75 }
.gl .gl-question .lsf-choices { margin: 0; display: flex; flex-wrap: wrap; gap: 3px }
.gl .gl-question .lsf-choice { line-height: 15px; margin: 0 }
.gl-question .lsf-hint, .gl-number sup { display: none }
.gl .gl-question .lsf-choice__checkbox { position: static; padding: 0; line-height: 15px; font-size: 12px }
.gl .gl-question .ant-checkbox { position: absolute; opacity: 0 }
.gl .gl-question .ant-checkbox + span { display: block; padding: 4px 7px; border-radius: 4px; cursor: pointer;
  border: 1px solid var(--color-neutral-border, #ccc); background: var(--color-neutral-surface, #fafafa) }
.gl .gl-question .ant-checkbox + span:hover { border-color: #0072b2 }
.gl .gl-question .lsf-choice:focus-within .ant-checkbox + span { box-shadow: 0 0 0 2px #56b4e9 }
.gl .gl-question .ant-checkbox-wrapper::after { display: none }
.gl .gl-question .ant-checkbox-checked + span { background: #0072b2; border-color: #0072b2; color: #fff }
.gl-question input[type=number], .gl-question textarea { font-size: 12px; padding: 2px 6px }
.gl-scale { padding-bottom: 14px }
.gl .gl-scale .lsf-choices { flex-wrap: nowrap }
.gl .gl-scale .lsf-choice { flex: 1 1 0; position: static }
.gl .gl-scale .lsf-choice__item, .gl .gl-scale .lsf-choice__checkbox { display: block; width: 100%; position: static }
.gl .gl-scale .ant-checkbox + span { text-align: center; padding: 4px 0 }
.gl-end { position: absolute; bottom: 0; max-width: 62%; font-size: 11px; line-height: 14px; white-space: nowrap;
  overflow: hidden; text-overflow: ellipsis; color: var(--color-neutral-content, #333) }
.gl-first { left: 0 }
.gl-last { right: 0 }
.gl-chosen { display: none }
.gl-scale .ant-checkbox-checked + span .gl-chosen { display: block; position: absolute; top: 0; right: 0;
  font-size: 11px; line-height: 16px; color: var(--color-neutral-content, #333) }
.gl-definitions-title { font-size: 12px; opacity: 0.75 }
.gl .gl-definitions .ant-collapse { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)) }
.gl .gl-definitions .ant-collapse .ant-collapse-header { padding: 4px 10px 4px 34px; font-size: 13px }
.gl-definition p, .gl-definition li { margin: 0 0 4px; font-size: 13px; line-height: 18px }
@container (min-width: 940px) {
  .gl-body { display: flex; gap: 16px; align-items: flex-start }
  .gl-image { width: min(calc(100vh - 160px), calc(100% - 356px)) }
  .gl-side { flex: 1 1 340px; margin-top: 0 }
  .gl-questions { gap: 8px 14px }
}
"""
"""Without the characters <, > and &, which the editor escapes inside Style."""
