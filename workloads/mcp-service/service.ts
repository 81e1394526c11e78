// What the service can do, by tools of its MCP server and by its plain API.
import { createPromptStream } from '../../lib/data-generators.ts'
import { endpoint } from '../../lib/endpoint.ts'
import { mcpServer, toolValidator } from '../../lib/mcp.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import { runSettings } from '../../lib/run-settings.ts'

export interface Validation {
  id: number
  status: string
  findings: { rule: string; line: number }[]
}

export interface Approval {
  id: number
  status: string
}

export interface Enhancement extends Approval {
  content: string
}

const { tool } = mcpServer('/mcp')

export const VALIDATE = tool<{ content: string }, Validation>('validate')
export const APPROVE = tool<{ id: number }, Approval>('approve')
export const ENHANCE = tool<{ id: number }, Enhancement>('enhance')
/** Two hundred at once wait for each other, which is no latency of the service. */
export const VALIDATE_AT_ONCE = tool<{ content: string }, Validation>('validate', {
  label: 'at once',
})

export const API_VALIDATE = endpoint('POST /v1/validations')
export const API_APPROVE = endpoint('POST /v1/validations/:id/approval')
export const API_ENHANCE = endpoint('POST /v1/validations/:id/enhancement')

/** What every document has: a heading without its space, and a bullet that is none. */
const FAULTS = 2

// Right is the same, whoever gives it.
export const VALIDATED = {
  rules: { 'all-found': ({ findings }: Validation) => findings.length === FAULTS },
}
const APPROVED = { rules: { 'is-approved': ({ status }: Approval) => status === 'approved' } }
const ENHANCED = {
  rules: { 'is-mended': ({ content }: Enhancement) => content.startsWith('# Report\n- ') },
}

export const validated = toolValidator<Validation>(VALIDATE, VALIDATED)
export const approved = toolValidator<Approval>(APPROVE, APPROVED)
export const enhanced = toolValidator<Enhancement>(ENHANCE, ENHANCED)

export const apiValidated = answerValidator<Validation>(API_VALIDATE, VALIDATED)
export const apiApproved = answerValidator<Approval>(API_APPROVE, APPROVED)
export const apiEnhanced = answerValidator<Enhancement>(API_ENHANCE, ENHANCED)

const prompts = createPromptStream({ seed: runSettings().seed })

/** A document that nobody has sent before. */
export const documentOf = (index: number, part = 0): string =>
  `#Report\n* ${index}.${part}: ${firstLine(prompts.at(index).text)}\n`

// Its further lines could hold faults of their own.
const firstLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\b(\w{2,}) \1\b/gi, '$1,')
    .trim()
