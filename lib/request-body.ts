// What is sent as a body, and as which type.

/** How an object is written: as JSON, or as a form, which with an `http.file` in it is a multipart one. */
export type BodyFormat = 'json' | 'form'

export interface EncodedBody {
  /** As k6 takes it. */
  content: string | ArrayBuffer | Record<string, unknown> | null
  /** The `Content-Type`; undefined where k6 says it, or there is nothing to say it of. */
  type: string | undefined
}

/** A text and an ArrayBuffer are sent as they are, everything else as JSON unless it is to be a form. */
export const encodeBody = (body: unknown, format: BodyFormat = 'json'): EncodedBody => {
  if (body === undefined || body === null) return { content: null, type: undefined }
  if (typeof body === 'string') return { content: body, type: 'text/plain; charset=utf-8' }
  if (body instanceof ArrayBuffer) return { content: body, type: 'application/octet-stream' }
  // k6 escapes the fields, or puts them into parts with a boundary.
  if (format === 'form') return { content: body as Record<string, unknown>, type: undefined }
  return { content: JSON.stringify(body), type: 'application/json' }
}
