import { once } from 'node:events'
import { createServer } from 'node:net'
import { type Finding, finding, optional } from './finding.ts'

/** A port that something of ours listens on by default. */
export interface Port {
  name: string
  port: number
}

/** Whether a port of 127.0.0.1 is free, tried by listening on it for a moment. */
export async function checkPort({ name, port }: Port): Promise<Finding> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    return finding(name, `${port} is free`)
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    const advice = `See what holds it: ${holderCommand(port)}`
    return finding(name, `${port} is taken (${code})`, optional(advice))
  } finally {
    server.close()
  }
}

function holderCommand(port: number): string {
  if (process.platform === 'win32') return `netstat -ano | findstr :${port}`
  if (process.platform === 'linux') return `ss -ltnp 'sport = :${port}'`
  return `lsof -nP -iTCP:${port} -sTCP:LISTEN`
}
