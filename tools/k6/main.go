// Command k6 is the stock k6 of the version pinned in go.mod, built from its source.
package main

import "go.k6.io/k6/v2/cmd"

func main() {
	cmd.Execute()
}
