import type {
  Metadata,
  sendUnaryData,
  ServerDuplexStream,
  ServerUnaryCall,
  ServerWritableStream,
  UntypedServiceImplementation,
} from '@grpc/grpc-js'
import { ApiError } from '../api-error.ts'
import { enhancePrompt } from '../enhance-prompt.ts'
import { PROMPT_LENGTH_MAX } from '../enhancement-body.ts'
import type { Services } from '../services.ts'
import { TECHNIQUES, type Technique } from '../technique-rules.ts'
import type { Caller } from '../tokens.ts'
import { callStatus } from './call-status.ts'

interface EnhanceRequest {
  prompt: string
  /** Empty where none is asked for. */
  technique: string
}

type Enhancement = Awaited<ReturnType<typeof enhancePrompt>>

const STREAM_PROMPTS_MAX = 50
const HISTORY_ITEMS = { usual: 20, max: 100 }

/** `prompts.v1.Prompts`, done by what the HTTP routes are done by. */
export function promptsService(services: Services): UntypedServiceImplementation {
  const { store, tokens } = services
  const callerOf = (metadata: Metadata): Caller => tokens.verify(bearerOf(metadata), 'access')

  const enhance = async (request: EnhanceRequest, metadata: Metadata): Promise<Enhancement> => {
    const { userId } = callerOf(metadata)
    const [expected] = metadata.get('x-expected-technique')
    return enhancePrompt(services, { userId, expected, ...checked(request) })
  }
  return {
    Enhance: unary((call: ServerUnaryCall<EnhanceRequest, Enhancement>) =>
      enhance(call.request, call.metadata),
    ),
    History: stream(async (call: ServerWritableStream<{ limit: number }, object>) => {
      const { userId } = callerOf(call.metadata)
      const pageSize = checkedLimit(call.request.limit)
      const { items } = await store.history({ userId, page: 1, pageSize })
      for (const item of items) call.write(item)
    }),
    EnhanceEach: stream(async (call: ServerDuplexStream<EnhanceRequest, Enhancement>) => {
      // Before anything is read: a stranger may not hold a stream open.
      callerOf(call.metadata)
      let prompts = 0
      // Without the option the loop would close both directions at its end.
      for await (const request of call.iterator({ destroyOnReturn: false })) {
        if (++prompts > STREAM_PROMPTS_MAX) {
          throw invalid(`at most ${STREAM_PROMPTS_MAX} prompts in a stream, got more`)
        }
        call.write(await enhance(request as EnhanceRequest, call.metadata))
      }
    }),
  }
}

function unary<Call, Answer>(run: (call: Call) => Promise<Answer>) {
  return (call: Call, answer: sendUnaryData<Answer>): void => {
    run(call).then(
      (value) => answer(null, value),
      (error: unknown) => answer(callStatus(error)),
    )
  }
}

function stream<Call extends { end(): unknown; emit(event: string, error: object): unknown }>(
  run: (call: Call) => Promise<void>,
) {
  return (call: Call): void => {
    run(call).then(
      () => call.end(),
      (error: unknown) => call.emit('error', callStatus(error)),
    )
  }
}

function bearerOf(metadata: Metadata): string {
  const [, token] = /^Bearer (\S+)$/i.exec(String(metadata.get('authorization')[0] ?? '')) ?? []
  if (token !== undefined) return token
  throw new ApiError(401, 'token_missing', 'Expected metadata "authorization: Bearer <token>"')
}

/** What the schema of an HTTP body says. */
function checked({ prompt, technique }: EnhanceRequest) {
  // Characters are code points, of which a text has at most as many as code units.
  const isTooLong =
    prompt.length > PROMPT_LENGTH_MAX && Array.from(prompt).length > PROMPT_LENGTH_MAX
  if (prompt === '' || isTooLong) {
    throw invalid(`a prompt of 1 to ${PROMPT_LENGTH_MAX} characters`)
  }
  if (technique === '') return { prompt }
  if (isTechnique(technique)) return { prompt, technique }
  throw invalid(`technique to be one of ${TECHNIQUES.join(', ')}`)
}

function checkedLimit(limit: number): number {
  const { usual, max } = HISTORY_ITEMS
  if (limit === 0) return usual
  if (limit > 0 && limit <= max) return limit
  throw invalid(`limit to be from 0 to ${max}, got ${limit}`)
}

function isTechnique(text: string): text is Technique {
  return (TECHNIQUES as readonly string[]).includes(text)
}

function invalid(rule: string): ApiError {
  return new ApiError(400, 'invalid_request', `Expected ${rule}`)
}
