// Pure: read by k6 and by Node. In a bundle a VU has it from the first body that needs it (esbuild.late.mjs).
import { type JsonSchema, prepareSchema } from './json-schema.ts'
import { schemaProblem } from './schema-problem.ts'

/** What looks at values of a schema: it returns the first problem of one, or undefined. */
export const schemaCheck = (schema: JsonSchema): ((value: unknown) => string | undefined) => {
  const prepared = prepareSchema(schema)
  return (value) => schemaProblem(prepared, value)
}
