// The operations of the service: tools of its MCP server, and routes of its plain API.
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
/** An endpoint for calls that begin at once: they wait for each other, which says nothing about a single call. */
export const VALIDATE_AT_ONCE = tool<{ content: string }, Validation>('validate', {
  label: 'at once',
})

export const API_VALIDATE = endpoint('POST /v1/validations')
export const API_APPROVE = endpoint('POST /v1/validations/:id/approval')
export const API_ENHANCE = endpoint('POST /v1/validations/:id/enhancement')

/** What is wrong in every document: a heading without its space, and a bullet that is an asterisk. */
const FAULTS = '1 heading-needs-space, 2 no-bare-bullet'

// The same rules hold for the tools and for the plain API.
export const VALIDATED = {
  rules: {
    'all-found': ({ findings }: Validation) =>
      findings.map(({ rule, line }) => `${line} ${rule}`).join(', ') === FAULTS,
  },
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

/** A document that no other iteration sends. */
export const documentOf = (index: number, part = 0): string =>
  `#Report\n* ${index}.${part}: ${firstLine(prompts.at(index).text)}\n`

// Further lines, tabs and repeated words would be further findings.
const firstLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\b(\w{2,}) \1\b/gi, '$1,')
    .trim()
