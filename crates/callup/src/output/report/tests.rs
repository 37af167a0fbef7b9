//! The page escapes what it is given and asks nothing of the outside.
