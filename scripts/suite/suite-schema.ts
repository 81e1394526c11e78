import { Ajv } from 'ajv'
import schema from '../../suites/suite.schema.json' with { type: 'json' }
import { fieldProblem } from '../sla/field-problem.ts'
import type { Problem } from '../sla/problem.ts'

const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(schema)

/** Everything in the file that suites/suite.schema.json refuses, one problem for each place. */
export function suiteSchemaProblems(data: unknown): Problem[] {
  if (validate(data)) return []
  const problems = new Map<string, Problem>()
  for (const error of validate.errors ?? []) {
    const problem = fieldProblem(error, 'suites/suite.schema.json')
    if (!problems.has(problem.path)) problems.set(problem.path, problem)
  }
  return [...problems.values()]
}
