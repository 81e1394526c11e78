import { execa } from 'execa'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

export interface HttpsServer {
  url: string
  /** Path of its certificate, which nobody else trusts. */
  certificate: string
  key: string
}

/** A server on loopback whose certificate it has signed itself; with `asksForCertificate`, of each client too. */
export async function httpsServer(
  t: TestContext,
  answer: RequestListener,
  { asksForCertificate = false } = {},
): Promise<HttpsServer> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-https-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:shop.test']
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const files = ['-keyout', key, '-out', certificate, '-days', '2']
  await execa('openssl', ['req', '-x509', ...curve, ...subject, ...files])
  const [keyText, text] = [await readFile(key), await readFile(certificate)]
  const asks = asksForCertificate && { requestCert: true, rejectUnauthorized: true, ca: text }
  const server = createServer({ key: keyText, cert: text, ...asks }, answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return { url: `https://127.0.0.1:${port}`, certificate, key }
}
