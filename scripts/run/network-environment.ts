/** What the command line says of the network. */
export interface NetworkOptions {
  /** URL of an HTTP proxy. */
  proxy?: string
  /** Certificates are not checked. */
  insecure?: boolean
}

/** Variables by which k6 is told. It never sends requests to this machine itself through a proxy. */
export function networkEnvironment({ proxy, insecure }: NetworkOptions): Record<string, string> {
  return {
    ...(proxy !== undefined && { HTTP_PROXY: proxy, HTTPS_PROXY: proxy }),
    ...(insecure && { K6_INSECURE_SKIP_TLS_VERIFY: 'true' }),
  }
}
