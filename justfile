# Each recipe is a step of `.ci/run`, so that developers and CI run the same commands.

# List the recipes.
default:
    @just --list

# Run every step, as CI does.
ci:
    .ci/run

# Check the formatting.
fmt:
    .ci/run fmt

# Run clippy with all features and with none.
clippy:
    .ci/run clippy

# Build the documentation.
doc:
    .ci/run doc

# Compare the public API with the checked-in listing.
api:
    .ci/run api

# Rewrite the listing of the public API.
api-update:
    UPDATE_API=1 .ci/run api

# Build each feature without the others.
hack:
    .ci/run hack

# Build with the oldest supported Rust.
msrv:
    .ci/run msrv

# Build with the oldest versions of the dependencies.
minimal:
    .ci/run minimal

# Compare Kestra's traits with Kestra's OpenAPI documents.
contract:
    .ci/run contract

# Run all tests.
test:
    .ci/run test

# Run the tests of numbers with other features of serde_json.
json:
    .ci/run json

# Compare what a call costs with the stored counts.
bench:
    .ci/run bench

# Store what a call costs.
bench-update:
    UPDATE_COUNTS=1 .ci/run bench

# Run the examples against their servers.
example:
    .ci/run example

# Build both crates from their packages.
package:
    .ci/run package

# Check licenses, advisories and sources of the dependencies.
deny:
    .ci/run deny
