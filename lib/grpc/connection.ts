// The connection of a VU to a gRPC service: opened by its first call, and anew after it broke.
import type { Client, ConnectParams } from 'k6/net/grpc'
import { type Address, addressOf, isAllowed } from '../address.ts'
import { allowedTargets } from '../env.ts'
import { headersOf, type Session } from '../session.ts'

/** k6's own parameters, and where the service is. */
export interface GrpcConnection extends ConnectParams {
  /** Host and port of the service, where it is not that of the target: `grpc.example.com:443`. */
  address?: string
  /** A service on another host than the target's gets the headers of the log-in, too. @default false */
  withLogIn?: boolean
}

/** How a call ended; `why` in words where it has failed. */
export interface CallEnd {
  /** Code of gRPC; undefined where there was no connection. */
  status: number | undefined
  why?: string | undefined
}

export interface Connection {
  /** Connects unless it is connected; says why it could not. */
  open: (session: Session) => CallEnd | undefined
  /** To be told of each end: what broke is connected again by the next call, as HTTP is. */
  ended: (end: CallEnd) => void
  /** What proves the user, as metadata. */
  headersOf: (session: Session) => Record<string, string>
}

/** k6's code of what never reached the service, and of what the service itself says. */
const UNAVAILABLE = 14

/** In k6's words for the first of both. */
const BROKEN = /connection|transport|error reading from server/

/** The connection of this VU. Init code runs once for each VU, so no two VUs share a client. */
export const connectionOf = (client: Client, connection: GrpcConnection): Connection => {
  const { address, withLogIn = false, ...params } = connection
  let isOpen = false
  return {
    open: (session) => {
      if (isOpen) return undefined
      const { host, origin } = placeOf(session, connection)
      const plaintext = origin.startsWith('http:')
      try {
        client.connect(host, { plaintext, timeout: session.timeoutMs, ...params })
        isOpen = true
        return undefined
      } catch (error) {
        const why = String(error)
        // A mistake of the script is an exception.
        if (why.includes('invalid grpc.connect() parameters')) throw error
        client.close()
        return { status: undefined, why }
      }
    },
    ended: ({ status, why = '' }) => {
      if (status !== UNAVAILABLE || !BROKEN.test(why) || !isOpen) return
      isOpen = false
      client.close()
    },
    headersOf: (session) => {
      const isOwn = address === undefined || withLogIn || isOfTarget(session, connection)
      return isOwn ? headersOf(session) : {}
    },
  }
}

const isOfTarget = (session: Session, connection: GrpcConnection): boolean =>
  placeOf(session, connection).hostname === addressOf(session.target)?.hostname

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

// Who runs a load names where it goes; a workload may not say otherwise.
const placeOf = ({ target }: Session, { address, plaintext = false }: GrpcConnection): Address => {
  const ofTarget = addressOf(target)
  if (address === undefined) {
    if (ofTarget) return ofTarget
    throw new Error(`Expected a target for gRPC, got "${target}"`)
  }
  const place = addressOf(`${plaintext ? 'http' : 'https'}://${address}`)
  if (!place)
    throw new Error(`Expected an address such as "grpc.example.com:443", got "${address}"`)
  const allowed = [ofTarget?.hostname ?? '', ...allowedTargets(), ...LOOPBACK]
  if (isAllowed(place, allowed)) return place
  throw new Error(
    `Expected ${address} among "allowedTargets": list it in k6-verdict.config.json, or in ALLOWED_TARGETS of a script that k6 runs by itself`,
  )
}
