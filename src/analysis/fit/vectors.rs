//! Word vectors, by which words that are rare among labelled sentences weigh like others.
//!
//! A file of them (`VVC1`) is, little endian and without padding: the four letters, the number of stems
//! and of dimensions (u32 each), the size of the texts they were made of (u64), the length of the block
//! of stems (u32), the stems (UTF-8, joined by line feeds), a count (u32) for each, a scale (f32) for
//! each, and their rows of signed bytes. A vector is its row times its scale, about 1 long. Frequent
//! words count little (Arora, Liang and Ma 2017).

use std::collections::HashMap;

use crate::text::words::stem;

/// How much a word counts falls by half where its share of all words is this.
const RARE: f64 = 0.001;
/// Vectors are taken so many times, so that the ridge holds them down as it does a word.
const SCALE: f64 = 2.0;

/// Vectors of stems, read from a file.
#[derive(Clone, Debug, Default)]
pub struct Vectors {
    places: HashMap<String, usize>,
    dimensions: usize,
    /// Row by row, each times what its stem counts.
    rows: Vec<f64>,
}

impl Vectors {
    /// Reads a file of them; nothing if it is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(b"VVC1")?;
        let count = usize::try_from(u32::from_le_bytes(taken(&mut rest)?)).ok()?;
        let dimensions = usize::try_from(u32::from_le_bytes(taken(&mut rest)?)).ok()?;
        let total = u64::from_le_bytes(taken(&mut rest)?) as f64;
        let length = usize::try_from(u32::from_le_bytes(taken(&mut rest)?)).ok()?;
        let (stems, rest) = rest.split_at_checked(length)?;
        let stems: Vec<&str> = std::str::from_utf8(stems).ok()?.split('\n').collect();
        let (counts, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
        let (scales, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
        if stems.len() != count || rest.len() != count.checked_mul(dimensions)? || dimensions == 0 {
            return None;
        }
        let mut rows = Vec::with_capacity(rest.len());
        let each = counts.chunks_exact(4).zip(scales.chunks_exact(4)).zip(rest.chunks_exact(dimensions));
        for ((own, scale), row) in each {
            let own = f64::from(u32::from_le_bytes(own.try_into().ok()?));
            let scale = f64::from(f32::from_le_bytes(scale.try_into().ok()?));
            let factor = SCALE * scale * RARE / (RARE + own / total);
            rows.extend(row.iter().map(|byte| f64::from(byte.cast_signed()) * factor));
        }
        let places = stems.into_iter().enumerate().map(|(place, stem)| (stem.to_owned(), place)).collect();
        Some(Self { places, dimensions, rows })
    }

    /// How many values a vector has; 0 if there are none.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// The vector of a folded word, times what the word counts.
    pub fn of(&self, word: &str) -> Option<&[f64]> {
        let place = *self.places.get(&stem(word))?;
        Some(&self.rows[place * self.dimensions..(place + 1) * self.dimensions])
    }

    /// What a folded word weighs by its vector, whose values weigh as much as `weights` say; 0 if it has
    /// none.
    pub fn weight_of(&self, word: &str, weights: &[f64]) -> f64 {
        dot(self.of(word).unwrap_or_default(), weights)
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

fn taken<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*first)
}

/// How near two vectors point the same way, in `[-1, 1]`; 0 if one is nothing.
pub fn cosine(one: &[f64], other: &[f64]) -> f64 {
    let lengths = (dot(one, one) * dot(other, other)).sqrt();
    if lengths > 0.0 { dot(one, other) / lengths } else { 0.0 }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A file of two-dimensional vectors.
    pub fn file(vectors: &[(&str, [i8; 2])]) -> Vec<u8> {
        let stems = vectors.iter().map(|(stem, _)| *stem).collect::<Vec<_>>().join("\n");
        let mut file = b"VVC1".to_vec();
        for number in [vectors.len() as u32, 2] {
            file.extend(number.to_le_bytes());
        }
        file.extend(1_000_000_u64.to_le_bytes());
        file.extend((stems.len() as u32).to_le_bytes());
        file.extend(stems.bytes());
        file.extend(vectors.iter().flat_map(|_| 1000_u32.to_le_bytes()));
        file.extend(vectors.iter().flat_map(|_| 0.01_f32.to_le_bytes()));
        file.extend(vectors.iter().flat_map(|(_, row)| row.map(i8::cast_unsigned)));
        file
    }

    #[test]
    fn a_word_has_the_vector_of_its_stem() {
        let vectors = Vectors::read(&file(&[("smear", [100, 0]), ("ship", [0, -100])])).expect("it is one");
        let smears = vectors.of("smears").expect("its stem is there");
        // As frequent as counts half, twice a vector of length one.
        assert!((smears[0] - 1.0).abs() < 1e-6 && smears[1].abs() < 1e-6, "{smears:?}");
        assert!((cosine(smears, vectors.of("ship").expect("it is there"))).abs() < 1e-9);
        assert!(vectors.of("harbour").is_none());
    }

    #[test]
    fn what_is_no_file_of_vectors_is_none() {
        let file = file(&[("smear", [100, 0]), ("ship", [0, -100])]);
        for end in 0..file.len() {
            assert!(Vectors::read(&file[..end]).is_none(), "{end}");
        }
        assert!(Vectors::read(b"VVC1 and something else, which is no vector").is_none());
    }
}
