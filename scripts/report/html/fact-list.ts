import { html, type Html, type HtmlValue } from './html.ts'

/** A name and what it is; without a value it is left out. */
export type Entry = readonly [name: string, value: HtmlValue]

/** Names and values under each other. */
export function factList(entries: readonly Entry[]): Html {
  const known = entries.filter(
    ([, value]) => value !== undefined && value !== false && value !== '',
  )
  return html`<dl class="list">
    ${known.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}

/** Faults or notes as a list; nothing when there are none. */
export function pointList(points: readonly string[], kind: 'fault' | 'note'): Html | undefined {
  if (points.length === 0) return undefined
  return html`<ul class="${kind}s">
    ${points.map((point) => html`<li>${point}</li>`)}
  </ul>`
}
