import { transform, type TransformFailure } from 'esbuild'

/** Where and why a text is not JSON; line and column start at 1. */
export interface JsonFault {
  reason: string
  line?: number
  column?: number
}

/** A parsed text, or the fault. */
export type ParsedJson = { data: unknown } | { fault: JsonFault }

/**
 * Parses JSON. Node tells the place of some mistakes only, and as an offset; esbuild, which is here
 * anyway, tells line and column of all of them.
 */
export async function parseJson(text: string): Promise<ParsedJson> {
  try {
    return { data: JSON.parse(text) as unknown }
  } catch (error) {
    return { fault: (await locate(text)) ?? { reason: (error as Error).message } }
  }
}

async function locate(text: string): Promise<JsonFault | undefined> {
  try {
    await transform(text, { loader: 'json', logLevel: 'silent' })
    return undefined
  } catch (error) {
    const [first] = (error as TransformFailure).errors
    if (!first?.location) return undefined
    const { line, column } = first.location
    return { reason: first.text, line, column: column + 1 }
  }
}
