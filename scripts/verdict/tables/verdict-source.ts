/** Where the numbers of a verdict come from that was made without the samples of the run; plain JSON. */
export interface VerdictSource {
  kind: 'k6 cloud' | 'prometheus'
  /** The run as a page of that service, if it has one. */
  url?: string
  /** What is known in place of load, generator and samples: a name and what it is. */
  facts: [name: string, value: string][]
}
