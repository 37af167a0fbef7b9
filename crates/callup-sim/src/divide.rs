//! Dividing whole numbers by weights: everybody a rounding of his share, the whole kept.
//!
//! This file knows nothing of what is divided.

/// Divides a whole number by weights as [`apportion`] does, but leaves everybody what he holds where that is a rounding of his share: small
/// parts do not wander from week to week.
pub(crate) fn divide_anew(total: u64, weights: &[u64], held: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |place: usize| u128::from(total) * u128::from(weights[place]);
    let bounded = |place: usize| {
        let (low, high) = (exact(place) / sum, exact(place).div_ceil(sum));
        u128::from(held[place]).clamp(low, high) as u64
    };
    let mut parts: Vec<u64> = (0..weights.len()).map(bounded).collect();
    let mut missing = total as i64 - parts.iter().map(|part| *part as i64).sum::<i64>();
    // Who is furthest below (or above) his share changes first; nobody leaves the two roundings of it, so one round suffices.
    let above = |place: usize, part: u64| i128::from(part) * sum as i128 - exact(place) as i128;
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|place| (above(*place, parts[*place]), *place));
    if missing < 0 {
        order.reverse();
    }
    for place in order {
        let off = above(place, parts[place]);
        if missing > 0 && off < 0 {
            parts[place] += 1;
            missing -= 1;
        } else if missing < 0 && off > 0 {
            parts[place] -= 1;
            missing += 1;
        }
    }
    parts
}

/// Parts of which nobody keeps what he does not want while another wants more than he has: as much as is to spare goes over, in proportion.
pub(crate) fn lend(mut parts: Vec<u64>, wanted: &[u64]) -> Vec<u64> {
    let lacks: Vec<u64> = parts.iter().zip(wanted).map(|(part, wanted)| wanted.saturating_sub(*part)).collect();
    let spares: Vec<u64> = parts.iter().zip(wanted).map(|(part, wanted)| part.saturating_sub(*wanted)).collect();
    let moved = lacks.iter().sum::<u64>().min(spares.iter().sum());
    let (gained, lost) = (apportion(moved, &lacks), apportion(moved, &spares));
    parts.iter_mut().zip(gained.iter().zip(&lost)).for_each(|(part, (gained, lost))| *part = *part + gained - lost);
    parts
}

/// Divides a whole number by weights: whole parts first, then one each by the largest remainder, ties to the first.
pub(crate) fn apportion(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: u64| u128::from(total) * u128::from(weight);
    let mut parts: Vec<u64> = weights.iter().map(|weight| (exact(*weight) / sum) as u64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|place| (std::cmp::Reverse(exact(weights[*place]) % sum), *place));
    let left = total - parts.iter().sum::<u64>();
    for place in order.into_iter().take(left as usize) {
        parts[place] += 1;
    }
    parts
}

#[cfg(test)]
mod tests;
