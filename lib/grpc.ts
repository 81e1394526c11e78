// Calls of a gRPC service, as the user of a session: what session.send is for HTTP.
import { type Client, type Params, StatusOK, StatusUnauthenticated } from 'k6/net/grpc'
import type { AnswerRules } from './answer-rules.ts'
import { k6ClientOf } from './files/grpc.ts'
import {
  type CallEnd,
  type Connection,
  connectionOf,
  type GrpcConnection,
} from './grpc/connection.ts'
import { type OpenStream, runStream } from './grpc/run-stream.ts'
import { codeOf, statusReason } from './grpc/status-names.ts'
import { asLogIn } from './log-in-tags.ts'
import { answerValidator } from './metric-validators.ts'
import { operationFailed } from './operation-failed.ts'
import type { Session } from './session.ts'

/** k6's own parameters of a call; `timeout` is that of the run's requests unless it is said here. */
export interface CallOptions extends Params {
  /** The statuses of its good answers. @default [StatusOK] */
  statuses?: readonly number[]
}

/** What a user calls. `method` is its whole name, such as `shop.v1.Orders/Get`. */
export interface UserCalls {
  /**
   * Calls a method that has one answer.
   *
   * @throws OperationError `grpc-unavailable` and the like for a status that is none of the expected ones,
   * `grpc-not-connected`
   */
  invoke(method: string, message: object, options?: CallOptions): object
  /**
   * Opens a stream in one or both directions: `run` listens and writes. The promise waits for its end.
   *
   * @throws OperationError as invoke() does, and what a listener throws
   */
  stream(method: string, run: (stream: OpenStream) => void, options?: CallOptions): Promise<void>
}

/**
 * Calls by a client that has loaded its definitions. Each VU connects with its first call, to the host of the target,
 * and again where the connection has broken; its calls carry the headers of the log-in as metadata, and one that is
 * refused as UNAUTHENTICATED is repeated once after another log-in.
 */
export const grpcCalls = (client: Client, options: GrpcConnection = {}) => {
  const k6Client = k6ClientOf(client)
  const connection = connectionOf(k6Client, options)
  return { as: (session: Session): UserCalls => callsOf(k6Client, connection, session) }
}

/** Who calls, and how. */
interface Caller {
  client: Client
  connection: Connection
  session: Session
}

const callsOf = (client: Client, connection: Connection, session: Session): UserCalls => {
  const caller = { client, connection, session }
  return {
    invoke: (method, message, options = {}) => {
      const once = (): Answer => invokeOnce(caller, { method, message, options })
      let answer = once()
      if (isRenewed(session, answer.end, options)) answer = once()
      connection.ended(answer.end)
      requireGood(method, answer.end, options)
      return answer.message
    },
    stream: async (method, run, options = {}) => {
      const once = (): CallEnd | Promise<CallEnd> =>
        connection.open(session) ??
        runStream(client, { method, params: paramsOf(caller, options), run })
      let end = await once()
      if (isRenewed(session, end, options)) end = await once()
      connection.ended(end)
      requireGood(method, end, options)
    },
  }
}

const invokeOnce = (
  caller: Caller,
  { method, message, options }: { method: string; message: object; options: CallOptions },
): Answer => {
  const unreachable = caller.connection.open(caller.session)
  if (unreachable) return { end: unreachable, message: {} }
  const answer = caller.client.invoke(method, message, paramsOf(caller, options))
  const { message: why } = (answer.error as { message?: string } | null) ?? {}
  return { end: { status: codeOf(answer.status), why }, message: answer.message }
}

const paramsOf = ({ connection, session }: Caller, options: CallOptions): Params => {
  const params = { timeout: session.timeoutMs, ...options }
  delete params.statuses
  params.metadata = { ...connection.headersOf(session), ...options.metadata }
  return params
}

// A call that was refused before it did anything.
const isRenewed = ({ auth }: Session, { status }: CallEnd, options: CallOptions): boolean =>
  status === codeOf(StatusUnauthenticated) &&
  !isGood(status, options) &&
  asLogIn(() => auth.renew())

interface Answer {
  end: CallEnd
  message: object
}

const requireGood = (method: string, { status, why }: CallEnd, options: CallOptions): void => {
  if (status !== undefined && isGood(status, options)) return
  const reason = status === undefined ? 'grpc-not-connected' : statusReason(status)
  throw operationFailed(reason, `${method} ended with ${reason}${why ? `: ${why}` : ''}`)
}

const isGood = (status: number, { statuses = [StatusOK] }: CallOptions): boolean =>
  statuses.map(codeOf).includes(status)

/** What a good message is: the rules of an HTTP answer without its status. */
export type MessageRules<Message, Input = undefined> = Omit<
  AnswerRules<Message, Input>,
  'status' | 'durationMsMax' | 'read'
>

/** Judges one message; returns it, or undefined when it was rejected. */
export type MessageValidator<Message, Input> = (
  message: object,
  ...input: Input extends undefined ? [] : [input: Input]
) => Message | undefined

/** Makes the validator of a method's messages, as answerValidator() does for an endpoint; to be called in init code. */
export const messageValidator = <Message, Input = undefined>(
  method: string,
  rules: MessageRules<Message, Input>,
): MessageValidator<Message, Input> => {
  const read = (answer: unknown): Message => (answer as { message: Message }).message
  const validate = answerValidator<Message, Input>({ name: method }, { ...rules, read })
  return (message, ...input) => validate({ status: 200, message } as never, ...input)
}
