//! All states that a matter can reach, the ways between them, and what can be reached from where.
//!
//! Breadth first, so that the way to a state is the shortest. This file knows machines and nothing of findings.

use super::machine::{Input, Machine, Node, TooLarge};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

/// How many states are searched in all searches of one law before it counts as too large.
const NODES_MAX: usize = 40_000;
/// How many ways between them.
const EDGES_MAX: usize = 400_000;

/// What is left of the searching that one law may cost.
pub(crate) struct Budget {
    nodes: usize,
    edges: usize,
}

impl Budget {
    pub(crate) fn new() -> Budget {
        Budget { nodes: NODES_MAX, edges: EDGES_MAX }
    }

    fn spend(&mut self, nodes: usize, edges: usize) -> Result<(), TooLarge> {
        self.nodes = self.nodes.checked_sub(nodes).ok_or(TooLarge)?;
        self.edges = self.edges.checked_sub(edges).ok_or(TooLarge)?;
        Ok(())
    }
}

/// A way from one state to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub from: usize,
    pub to: usize,
    pub input: Input,
    /// Measures whose lift falls due on the way.
    pub lifted: u32,
    /// Measures that start on the way.
    pub started: u32,
    /// Tracks that enter a state on the way.
    pub entered: u32,
}

/// All that a matter can reach.
pub(crate) struct Space {
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    /// The edge by which each state was first reached.
    reached_by: Vec<Option<usize>>,
    /// The edges into each state.
    into: Vec<Vec<usize>>,
}

impl Space {
    /// Searches with the inputs that `allowed` lets through.
    pub(crate) fn explore(
        machine: &Machine,
        allowed: impl Fn(Input) -> bool,
        budget: &mut Budget,
    ) -> Result<Space, TooLarge> {
        let inputs: Vec<Input> = machine.inputs.iter().copied().filter(|input| allowed(*input)).collect();
        let first = machine.first();
        let mut known = BTreeMap::from([(first, 0)]);
        let mut space = Space { nodes: vec![first], edges: Vec::new(), reached_by: vec![None], into: vec![Vec::new()] };
        let mut from = 0;
        while let Some(&node) = space.nodes.get(from) {
            let edges_before = space.edges.len();
            for &input in &inputs {
                for (outcome, _) in machine.outcomes(&node, input)? {
                    let to = *known.entry(outcome.node).or_insert(space.nodes.len());
                    if to == space.nodes.len() {
                        space.nodes.push(outcome.node);
                        space.reached_by.push(Some(space.edges.len()));
                        space.into.push(Vec::new());
                    } else if to == from && outcome.lifted == 0 && outcome.started == 0 {
                        continue;
                    }
                    let (lifted, started, entered) = (outcome.lifted, outcome.started, outcome.entered);
                    space.into[to].push(space.edges.len());
                    space.edges.push(Edge { from, to, input, lifted, started, entered });
                }
            }
            budget.spend(1, space.edges.len() - edges_before)?;
            from += 1;
        }
        Ok(space)
    }

    /// The shortest way to a state, as edges in order.
    pub(crate) fn way_to(&self, node: usize) -> Vec<usize> {
        let mut way = Vec::new();
        let mut at = node;
        while let Some(edge) = self.reached_by[at] {
            way.push(edge);
            at = self.edges[edge].from;
        }
        way.reverse();
        way
    }

    /// The shortest way from a state whose last edge is one that `goal` accepts; empty if there is none.
    pub(crate) fn way_on(&self, from: usize, goal: impl Fn(&Edge) -> bool) -> Vec<usize> {
        let mut ways: BTreeMap<usize, Vec<usize>> = BTreeMap::from([(from, Vec::new())]);
        let mut open = VecDeque::from([from]);
        while let Some(node) = open.pop_front() {
            for (index, edge) in self.edges.iter().enumerate().filter(|(_, edge)| edge.from == node) {
                let way = [ways[&node].as_slice(), &[index]].concat();
                if goal(edge) {
                    return way;
                }
                if let Entry::Vacant(free) = ways.entry(edge.to) {
                    free.insert(way);
                    open.push_back(edge.to);
                }
            }
        }
        Vec::new()
    }

    /// For each state the marks of all edges that can be walked from it, using only edges that `usable` accepts. A mark is a set of bits.
    pub(crate) fn ahead(&self, usable: impl Fn(&Edge) -> bool, mark: impl Fn(&Edge) -> u32) -> Vec<u32> {
        let mut ahead = vec![0; self.nodes.len()];
        for edge in self.edges.iter().filter(|edge| usable(edge)) {
            ahead[edge.from] |= mark(edge);
        }
        let mut open: Vec<usize> = (0..self.nodes.len()).filter(|node| ahead[*node] != 0).collect();
        while let Some(node) = open.pop() {
            for edge in self.into[node].iter().map(|edge| &self.edges[*edge]).filter(|edge| usable(edge)) {
                let more = ahead[edge.from] | ahead[node];
                if more != ahead[edge.from] {
                    ahead[edge.from] = more;
                    open.push(edge.from);
                }
            }
        }
        ahead
    }
}
