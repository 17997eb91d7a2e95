// Gives the library of embedded files something to build.
