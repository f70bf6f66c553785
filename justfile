# Every recipe is a step of `.ci/run`, so that both run the same commands.

# List the recipes.
default:
    @just --list

# Everything, as CI runs it.
ci:
    .ci/run

# Whether the code is formatted.
fmt:
    .ci/run fmt

# The lints, with all features and with none.
clippy:
    .ci/run clippy

# The documentation.
doc:
    .ci/run doc

# Each feature alone.
hack:
    .ci/run hack

# Kestra's traits against Kestra's documents.
contract:
    .ci/run contract

# All tests.
test:
    .ci/run test

# The example, against its own server.
example:
    .ci/run example

# Both crates as they are published.
package:
    .ci/run package

# Licences, advisories and sources of the dependencies.
deny:
    .ci/run deny
