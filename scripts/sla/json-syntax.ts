import { transform, type TransformFailure } from 'esbuild'
import type { Problem } from './field-problem.ts'
import { repeatedFields } from './schema-problems.ts'

/** Where and why a text is not JSON; line and column start at 1. */
export interface JsonFault {
  reason: string
  line?: number
  column?: number
}

/** A parsed text with the fields that stand in it twice, or the fault. */
export type ParsedJson = { data: unknown; repeated: Problem[] } | { fault: JsonFault }

/** More than any SLA file needs, and little enough to be walked through by a function that calls itself. */
const DEPTH_MAX = 50

/**
 * Parses JSON. Node tells the place of some mistakes only, and as an offset; esbuild, which is here
 * anyway, tells line and column of all of them.
 */
export async function parseJson(text: string): Promise<ParsedJson> {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return { fault: (await locate(text)) ?? { reason: (error as Error).message } }
  }
  if (isDeeper(data, DEPTH_MAX)) {
    return { fault: { reason: `it is nested more than ${DEPTH_MAX} levels deep` } }
  }
  return { data, repeated: repeatedFields(text) }
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

/** Whether data has more than so many levels; data that holds itself has. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1))
}
