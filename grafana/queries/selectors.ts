// What the variables of a board select. "All" is `.*`, which also matches series without the label.

/** One or more runs: on every series of a run. */
export const RUN = 'testid=~"$testid"'

/** Iterations, users and what k6 counts for a whole iteration. */
export const ITERATIONS = `${RUN}, scenario=~"$scenario", region=~"$region"`

/** HTTP requests, their times and checks. */
export const REQUESTS = `${ITERATIONS}, name=~"$endpoint"`

/** The requests that latency is judged by: a fast error must not make a percentile better. */
export const EXPECTED = `${REQUESTS}, expected_response="true"`

/** Requests that failed: an unexpected status, or no answer. */
export const FAILED = `${REQUESTS}, expected_response="false"`

/** Outcomes of checks and shares, which the toolkit counts by technique and user segment. */
export const OUTCOMES = `${ITERATIONS}, technique=~"$technique", segment=~"$segment"`

/** Requests by user segment: a series of its own, since k6's have no such label. */
export const SEGMENTS = `${REQUESTS}, segment=~"$segment"`

/** A label only counts where it is set: without this, all series without it make up a nameless row. */
export const having = (label: string): string => `, ${label}!=""`

/** Objectives about all requests: those of one endpoint, region, … have its label. */
export const WHOLE_RUN = 'name="", region="", operation="", segment=""'

/** What Prometheus scrapes for the runs, and what it scrapes anyway: that has no run. */
export const SCRAPED = 'testid=~"$testid|"'

/** The sandbox's process. */
export const SANDBOX = `job="sandbox", ${SCRAPED}`
