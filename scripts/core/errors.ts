import { maskSecrets } from './mask-secrets.ts'
import { printable } from './printable.ts'

/** What a user is told when something cannot go on: a fact, and the next step. */
export interface ToolkitErrorDetails {
  /** Stable, `K6V_…`; documented in docs/errors.md. */
  code: string
  /** `Expected <what> to be <rule>, got <value>`, or a plain fact. */
  message: string
  /** The next step, usually a command. */
  hint: string
  /** Process exit code: 2 for what the user typed or wrote, 1 for what the machine lacks. */
  exitCode?: number
  cause?: unknown
}

/** The only error that reaches the user as text; anything else is a bug and keeps its stack. */
export class ToolkitError extends Error {
  override readonly name = 'ToolkitError'
  readonly code: string
  readonly hint: string
  readonly exitCode: number

  constructor({ code, message, hint, exitCode = 2, cause }: ToolkitErrorDetails) {
    super(message, { cause })
    this.code = code
    this.hint = hint
    this.exitCode = exitCode
  }
}

/**
 * `error K6V_X: message`, then the hint on a line of its own. What was typed may hold a secret, and what is quoted may be
 * a file's or a target's.
 */
export function formatError(error: unknown): string {
  if (error instanceof ToolkitError) {
    const { code, message, hint } = error
    return printable(`error ${code}: ${maskSecrets(message)}\n  ${hint.replaceAll('\n', '\n  ')}`)
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return printable(maskSecrets(text))
}
