// Pure: read by k6 and by Node. Operations of a GraphQL API: one route, and yet each of them is an endpoint of its own.
import { endpoint, type Endpoint, type EndpointOptions } from './endpoint.ts'

/** A query or a mutation; its endpoint is named `POST /graphql ListItems`. */
export interface GraphqlOperation {
  endpoint: Endpoint
  /** The body of a request. */
  body: (variables?: Record<string, unknown>) => Record<string, unknown>
}

/** What a GraphQL API answers. */
export interface GraphqlBody<Data> {
  data?: Data | null
  errors?: readonly unknown[]
}

/**
 * Declares an operation by its route and its text, which must name it: `query ListItems { … }`.
 *
 * @throws when the text names no operation
 */
export const graphqlOperation = (
  route: string,
  query: string,
  options: EndpointOptions = {},
): GraphqlOperation => {
  const operationName = /(?:query|mutation)\s+(\w+)/.exec(query)?.[1]
  if (operationName === undefined) {
    throw new Error(`Expected an operation with a name, "query ListItems { … }", got "${query}"`)
  }
  return {
    endpoint: endpoint(route, { ...options, label: operationName }),
    body: (variables) => ({ operationName, query, ...(variables && { variables }) }),
  }
}

/** A rule for validators: GraphQL answers 200 with a list of errors, too. */
export const noErrors = ({ errors = [] }: GraphqlBody<unknown>): boolean => errors.length === 0
