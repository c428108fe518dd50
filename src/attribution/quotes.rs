//! Quoted spans in prose, nested and across paragraphs.
