/** How k6 calls a script that it reads from its standard input. */
export const STANDARD_INPUT = '-'

/** A script as a sentence names it. */
export function scriptText(typed: string): string {
  return typed === STANDARD_INPUT ? 'the standard input' : typed
}

/** All of it: k6 reads a script more than once. */
export async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}
