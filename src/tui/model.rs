//! Everything the screen depends on.
