// The result of a tool call: its data, or an error of the tool.
import type { AnswerRules } from '../answer-rules.ts'
import type { Endpoint } from '../endpoint.ts'
import { answerValidator } from '../metric-validators.ts'
import { operationFailed } from '../operation-failed.ts'

/** A part of a result; a text has `type: 'text'` and its `text`. */
export interface Content {
  type: string
  text?: string
  [field: string]: unknown
}

export interface ToolResult<Structured = unknown> {
  content: Content[]
  /** Of tools that declare the schema of their results. */
  structuredContent?: Structured
  isError?: boolean
}

/** @throws OperationError `mcp-tool-error`, unless the caller accepts those */
export const requireNoToolError = (
  name: string,
  result: unknown,
  { acceptToolErrors = false }: { acceptToolErrors?: boolean },
): unknown => {
  const { isError, content } = result as Partial<ToolResult>
  if (isError !== true || acceptToolErrors) return result
  const said = textOf(content) ?? 'nothing'
  throw operationFailed('mcp-tool-error', `${name}: the tool failed and says ${said.slice(0, 200)}`)
}

// Nobody has checked what the server sent.
const textOf = (content: unknown): string | undefined => {
  const parts = Array.isArray(content) ? (content as (Partial<Content> | null)[]) : []
  const text: unknown = parts.find((part) => part?.type === 'text')?.text
  return typeof text === 'string' ? text : undefined
}

/** The data of a result: its structured content, or the JSON of its first text. @throws if that is not JSON */
const dataOf = <Data>({ structuredContent, content }: ToolResult<Data>): Data => {
  if (structuredContent !== undefined) return structuredContent
  return JSON.parse(textOf(content) ?? '') as Data
}

/** Rules for the data of a result: those of an HTTP response, without the status. */
export type ToolRules<Data, Input = undefined> = Omit<
  AnswerRules<Data, Input>,
  'status' | 'durationMsMax' | 'read'
>

/** Judges one result; returns its data, or undefined when they were rejected. */
export type ToolValidator<Data, Input> = (
  result: ToolResult<Data>,
  ...input: Input extends undefined ? [] : [input: Input]
) => Data | undefined

/** Makes the validator of a tool's results, as answerValidator() does for an endpoint; to be called in init code. */
export const toolValidator = <Data, Input = undefined>(
  { endpoint }: { endpoint: Endpoint },
  rules: ToolRules<Data, Input>,
): ToolValidator<Data, Input> => {
  const read = (answer: unknown): Data => dataOf((answer as { result: ToolResult<Data> }).result)
  const validate = answerValidator<Data, Input>({ name: endpoint.name }, { ...rules, read })
  // No HTTP response: it has what the rules of a tool look at, which is the result alone.
  return (result, ...input) => validate({ status: 200, result } as never, ...input)
}
