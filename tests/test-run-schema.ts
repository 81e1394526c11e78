// The TestRun as the cluster checks it: the CRD's own schema, made strict where the cluster would drop.
import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import { parse } from 'yaml'
import { projectPath } from '../scripts/core/project.ts'

interface Schema {
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema | boolean
  format?: string
  [keyword: string]: unknown
}

const CRD = projectPath('tests', 'fixtures', 'kubernetes', 'k6.io_testruns.yaml')

/** Checks a TestRun; a field that the CRD does not know is an error, where the cluster drops it. */
export function testRunValidator(): ValidateFunction {
  const crd = parse(readFileSync(CRD, 'utf8')) as {
    spec: { versions: { name: string; schema: { openAPIV3Schema: Schema } }[] }
  }
  const version = crd.spec.versions.find(({ name }) => name === 'v1alpha1')
  if (!version) throw new Error('Expected v1alpha1 in the CRD, found none')
  const schema = strict(version.schema.openAPIV3Schema)
  return new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema)
}

// Structural schema -> JSON Schema: quantities and ports are numbers or texts, and unknown fields are pruned.
function strict(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string'])
    return { type: ['integer', 'string'] } as unknown as Schema
  const { properties, items, additionalProperties, ...rest } = schema
  const isOpen = additionalProperties !== undefined || !properties
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, each]) => [name, strict(each)]),
      ),
    }),
    ...(items && { items: strict(items) }),
    ...(isOpen
      ? typeof additionalProperties === 'object' && {
          additionalProperties: strict(additionalProperties),
        }
      : { additionalProperties: false }),
  }
}
