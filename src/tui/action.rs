//! Every action, one line each.
