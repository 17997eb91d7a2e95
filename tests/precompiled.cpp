// Gives the target of the tests' precompiled header something to build.
