import { ApiError } from '../../../api-error.ts'

/** An image of the format PPM (P6): width, height, and three bytes for each pixel, row by row. */
export interface Image {
  width: number
  height: number
  pixels: Buffer
}

const SIDE_MAX = 2_048
const HEADER = /^P6\s(\d{1,5})\s(\d{1,5})\s255\s/
const HEADER_LENGTH_MAX = 24
const CHANNELS = 3

/**
 * Reads an image.
 *
 * @throws ApiError 415 when it is not an image, or too large
 */
export function readImage(bytes: Buffer): Image {
  const found = HEADER.exec(bytes.toString('latin1', 0, HEADER_LENGTH_MAX))
  const [width, height] = [Number(found?.[1]), Number(found?.[2])]
  const pixels = bytes.subarray(found?.[0].length)
  const isSide = (side: number): boolean => side >= 1 && side <= SIDE_MAX
  if (isSide(width) && isSide(height) && pixels.length === width * height * CHANNELS)
    return { width, height, pixels }
  const rule = `Expected a binary PPM image (P6) of at most ${SIDE_MAX} pixels a side`
  throw new ApiError(415, 'no_image', rule)
}

/** Writes an image. */
export function imageBytes({ width, height, pixels }: Image): Buffer {
  return Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), pixels])
}

/**
 * A smaller image of the same proportions: each pixel is the rounded average of those that it replaces.
 *
 * @param width of the result; an image that is not wider stays as it is
 */
export function thumbnail(image: Image, width: number): Image {
  if (width >= image.width) return image
  const height = Math.max(1, Math.round((image.height * width) / image.width))
  const pixels = Buffer.alloc(width * height * CHANNELS)
  for (let y = 0; y < height; y++) {
    const rows = spanOf(y, height, image.height)
    for (let x = 0; x < width; x++) {
      const columns = spanOf(x, width, image.width)
      const at = (y * width + x) * CHANNELS
      for (let channel = 0; channel < CHANNELS; channel++)
        pixels[at + channel] = averageOf(image, channel, { rows, columns })
    }
  }
  return { width, height, pixels }
}

type Span = [from: number, to: number]

/** The range of `of` pixels that the nth of `count` replaces: at least one. */
function spanOf(n: number, count: number, of: number): Span {
  const from = Math.floor((n * of) / count)
  return [from, Math.max(from + 1, Math.floor(((n + 1) * of) / count))]
}

function averageOf(
  { width, pixels }: Image,
  channel: number,
  { rows, columns }: { rows: Span; columns: Span },
): number {
  let sum = 0
  for (let y = rows[0]; y < rows[1]; y++)
    for (let x = columns[0]; x < columns[1]; x++)
      sum += pixels[(y * width + x) * CHANNELS + channel] ?? 0
  return Math.round(sum / ((rows[1] - rows[0]) * (columns[1] - columns[0])))
}
