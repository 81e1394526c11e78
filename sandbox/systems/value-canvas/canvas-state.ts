import { ApiError } from '../../api-error.ts'

/** Longest state, in characters of JSON: merges must not let it grow for ever. */
const STATE_CHARACTERS_MAX = 1_000_000

/**
 * A state as JSON text.
 *
 * @throws ApiError 413 when it is too long, 400 when it is nested too deeply to be written
 */
export function stateText(state: object): string {
  const text = jsonOf(state)
  if (text.length <= STATE_CHARACTERS_MAX) return text
  const rule = `Expected a state of at most ${STATE_CHARACTERS_MAX} characters, got ${text.length}`
  throw new ApiError(413, 'state_too_large', rule)
}

/**
 * Merges the top level only: what is named in `changes` replaces what was there.
 *
 * @throws ApiError 413 as `stateText` does
 */
export function mergedState(stored: string, changes: object): string {
  return stateText({ ...(JSON.parse(stored) as object), ...changes })
}

function jsonOf(state: object): string {
  try {
    return JSON.stringify(state)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    // JSON.parse has no limit of its own here, JSON.stringify has the stack's.
    throw new ApiError(400, 'invalid_request', 'Expected body/state to be nested less deeply')
  }
}
