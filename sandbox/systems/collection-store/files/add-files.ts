import type { FastifyInstance } from 'fastify'
import { authenticate, callerOf } from '../../../authenticate.ts'
import { EveryNth } from '../../../planted-faults.ts'
import type { StoreParts } from '../system.ts'
import { FileStore } from './file-store.ts'
import { imageBytes, readImage, thumbnail } from './thumbnail.ts'

const PARAMS = {
  type: 'object',
  properties: { name: { type: 'string', pattern: '^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$' } },
}

const PUT = {
  params: PARAMS,
  querystring: {
    type: 'object',
    properties: { compress: { type: 'string', enum: ['true', 'false'], default: 'false' } },
  },
}

const THUMBNAIL = {
  params: PARAMS,
  querystring: {
    type: 'object',
    properties: {
      width: {
        type: 'string',
        pattern: '^([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-6])$',
        default: '64',
      },
    },
  },
}

interface OfFile {
  Params: { name: string }
}

/** `/v1/store/files`: upload, download, delete, list and thumbnails of the caller's files. */
export function addFiles(app: FastifyInstance, { services, settings }: StoreParts): void {
  const files = new FileStore({
    bytesMax: settings.storeFileBytesMax,
    filesMax: settings.storeFilesMax,
    corrupt: new EveryNth(settings.storeCorruptEvery),
  })
  services.storedRows['stored_files'] = () => Promise.resolve(files.count)
  app.addHook('onClose', (_app, done) => {
    files.close()
    done()
  })
  // Only the routes of this context accept bytes: all other routes accept JSON only.
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer' },
      (_request, body, parsed) => parsed(null, body),
    )
    scope.addHook('onRequest', authenticate(services.tokens))
    addRoutes(scope, files)
    done()
  })
}

function addRoutes(app: FastifyInstance, files: FileStore): void {
  const url = '/v1/store/files/:name'
  app.put<OfFile & { Body: unknown; Querystring: { compress: string } }>(
    url,
    { schema: PUT },
    async (request, reply) => {
      const { body, params, query } = request
      const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
      const file = { name: params.name, bytes, compress: query.compress === 'true' }
      return reply.code(201).send(await files.put(callerOf(request).userId, file))
    },
  )
  app.get('/v1/store/files', (request, reply) => {
    void reply.send({ files: files.list(callerOf(request).userId) })
  })
  app.get<OfFile>(url, { schema: { params: PARAMS } }, async (request, reply) => {
    const { file, stored } = await files.read(callerOf(request).userId, request.params.name)
    if (file.compressed) void reply.header('content-encoding', 'gzip')
    return reply.type('application/octet-stream').header('x-sha256', file.sha256).send(stored)
  })
  app.get<OfFile & { Querystring: { width: string } }>(
    `${url}/thumbnail`,
    { schema: THUMBNAIL },
    async (request, reply) => {
      const content = await files.content(callerOf(request).userId, request.params.name)
      const small = thumbnail(readImage(content), Number(request.query.width))
      return reply.type('image/x-portable-pixmap').send(imageBytes(small))
    },
  )
  app.delete<OfFile>(url, { schema: { params: PARAMS } }, async (request, reply) => {
    await files.remove(callerOf(request).userId, request.params.name)
    return reply.code(204).send()
  })
}
