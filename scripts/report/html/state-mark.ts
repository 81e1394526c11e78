import {
  type Judgement,
  type VerdictWord,
  verdictText,
  verdictWord,
} from '../../verdict/verdict.ts'
import { html, type Html } from './html.ts'

export type State = VerdictWord | 'not in this run'

// Each state has a shape of its own, so that it can be told without its colour.
const SHAPES: Record<State, Html> = {
  PASS: html`<path d="M3 8.5l3.5 3.5L13 4.5" />`,
  MARGINAL: html`<path d="M8 2.5L14 13.5H2z" /><path d="M8 6.5v3.5M8 11.6v.4" />`,
  NO_OBJECTIVES: html`<path d="M3 5h10M3 11h10" />`,
  FAIL: html`<path d="M4 4l8 8M12 4l-8 8" />`,
  NO_DATA: html`<circle cx="8" cy="8" r="5.5" stroke-dasharray="2.5 2.2" />`,
  INVALID: html`<circle cx="8" cy="8" r="5.5" /><path d="M4.2 11.8l7.6-7.6" />`,
  'not in this run': html`<path d="M4 8h8" />`,
}

/** Of an objective or of a run. */
export type Marked = Judgement | { verdict: 'not in this run' }

/** A verdict beside a shape: `PASS (close)`. */
export function stateMark(marked: Marked): Html {
  return mark(stateOf(marked), stateText(marked))
}

/** The same in one word: `MARGINAL`. */
export function wordMark(state: State): Html {
  return mark(state, state)
}

function mark(state: State, text: string): Html {
  return html`<span class="state ${classOf(state)}">${shapeOf(state)}${text}</span>`
}

export function stateOf(marked: Marked): State {
  return marked.verdict === 'not in this run' ? marked.verdict : verdictWord(marked)
}

function stateText(marked: Marked): string {
  return marked.verdict === 'not in this run' ? marked.verdict : verdictText(marked)
}

/** The shape alone; the word must stand beside it. */
export function shapeOf(state: State): Html {
  return html`<svg class="shape" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[state]}</svg>`
}

/** Class that gives a verdict its colour. */
export function classOf(state: State): string {
  return `is-${state.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`
}
