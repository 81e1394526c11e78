/**
 * The packages of many small files, loaded as CommonJS on purpose. Imported as ES modules each of
 * their files passes through the TypeScript loader, which costs a process that
 * starts with every load test several times what `require` does. Types are the packages' own.
 */
import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

export const websocket = load('@fastify/websocket') as typeof import('@fastify/websocket')
export const { fastify } = load('fastify') as typeof import('fastify')
export const prometheus = load('prom-client') as typeof import('prom-client')

/** Loaded by who first speaks gRPC: a tenth of a second. */
export const grpc = () => load('@grpc/grpc-js') as typeof import('@grpc/grpc-js')
export const protoLoader = () => load('@grpc/proto-loader') as typeof import('@grpc/proto-loader')
