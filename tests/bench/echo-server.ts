import { spawn } from 'node:child_process'
import { projectPath } from '../../scripts/core/project.ts'

/** A target that answers at once, in a process of its own, while something is measured. */
export async function withEchoServer<Result>(
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const server = spawn(process.execPath, [projectPath('tests', 'bench', 'echo', 'server.mjs')])
  try {
    const port = await new Promise<string>((resolve) => {
      server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
    })
    return await use(`http://127.0.0.1:${port}`)
  } finally {
    server.kill()
  }
}
