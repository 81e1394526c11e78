import type { StatusObject } from '@grpc/grpc-js'
import { ApiError } from '../api-error.ts'
import { grpc } from '../packages.ts'

type Code = keyof ReturnType<typeof grpc>['status']

/** By the status that the HTTP API answers with. */
const CODES: Record<number, Code> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  503: 'UNAVAILABLE',
}

/** And back, for the metrics that HTTP and gRPC share: as Google's own gateways say it. */
const STATUSES: Partial<Record<Code, number>> = {
  OK: 200,
  CANCELLED: 499,
  INVALID_ARGUMENT: 400,
  DEADLINE_EXCEEDED: 504,
  RESOURCE_EXHAUSTED: 429,
  UNIMPLEMENTED: 501,
  UNAVAILABLE: 503,
  UNAUTHENTICATED: 401,
}

/** How a call ends that failed; everything but an ApiError is the sandbox's own fault. */
export function callStatus(error: unknown): Pick<StatusObject, 'code' | 'details'> {
  const { status } = grpc()
  if (!(error instanceof ApiError)) return { code: status.INTERNAL, details: String(error) }
  const code = status[CODES[error.status] ?? 'INTERNAL']
  return { code, details: `${error.code}: ${error.message}` }
}

/** The status that the HTTP API would have answered with. */
export function httpStatusOf(code: number): number {
  return STATUSES[grpc().status[code] as Code] ?? 500
}
