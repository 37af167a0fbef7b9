//! All states that a matter can reach, the ways between them, and what can be reached from where.
//!
//! Breadth first, so that the way to a state is the shortest. This file knows machines and nothing of findings.

use super::machine::{Decisions, Input, Machine, Node, TooLarge};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

/// How many states are searched in all searches of one law before it counts as too large.
const NODES_MAX: usize = 20_000;
/// How many ways between them.
const EDGES_MAX: usize = 200_000;

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
#[derive(Clone, Debug)]
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
    /// The ways of deciding open guards that lead along it.
    pub ways: Vec<Decisions>,
}

/// All that a matter can reach.
pub(crate) struct Space {
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    /// The edge by which each state was first reached.
    reached_by: Vec<Option<usize>>,
    /// The edges into each state.
    into: Vec<Vec<usize>>,
    /// The edges out of each state, which lie side by side.
    out_of: Vec<Range<usize>>,
}

impl Space {
    fn only(first: Node) -> Space {
        let (edges, out_of) = (Vec::new(), Vec::new());
        Space { nodes: vec![first], edges, reached_by: vec![None], into: vec![Vec::new()], out_of }
    }

    fn add_node(&mut self, node: Node) {
        self.nodes.push(node);
        self.reached_by.push(Some(self.edges.len()));
        self.into.push(Vec::new());
    }

    fn add_edge(&mut self, edge: Edge) {
        self.into[edge.to].push(self.edges.len());
        self.edges.push(edge);
    }

    /// Searches all that can happen.
    pub(crate) fn explore(machine: &Machine, budget: &mut Budget) -> Result<Space, TooLarge> {
        let first = machine.first();
        let mut known = BTreeMap::from([(first.key(), 0)]);
        let mut space = Space::only(first);
        let mut from = 0;
        while let Some(&node) = space.nodes.get(from) {
            let edges_before = space.edges.len();
            for &input in &machine.inputs {
                for (outcome, ways) in machine.outcomes(&node, input)? {
                    let to = *known.entry(outcome.node.key()).or_insert(space.nodes.len());
                    if to == space.nodes.len() {
                        space.add_node(outcome.node);
                    } else if to == from && outcome.lifted == 0 && outcome.started == 0 {
                        continue;
                    }
                    let (lifted, started, entered) = (outcome.lifted, outcome.started, outcome.entered);
                    space.add_edge(Edge { from, to, input, lifted, started, entered, ways });
                }
            }
            space.out_of.push(edges_before..space.edges.len());
            budget.spend(1, space.edges.len() - edges_before)?;
            from += 1;
        }
        Ok(space)
    }

    /// What can still be reached if only the edges that `usable` accepts can be walked.
    pub(crate) fn part(&self, usable: impl Fn(&Edge) -> bool) -> Space {
        let mut part = Space::only(self.nodes[0]);
        let mut new: Vec<Option<usize>> = vec![None; self.nodes.len()];
        new[0] = Some(0);
        let mut old = vec![0];
        let mut from = 0;
        while let Some(&node) = old.get(from) {
            let edges_before = part.edges.len();
            for edge in self.edges[self.out_of[node].clone()].iter().filter(|edge| usable(edge)) {
                let to = *new[edge.to].get_or_insert(part.nodes.len());
                if to == part.nodes.len() {
                    part.add_node(self.nodes[edge.to]);
                    old.push(edge.to);
                }
                part.add_edge(Edge { from, to, ..edge.clone() });
            }
            part.out_of.push(edges_before..part.edges.len());
            from += 1;
        }
        part
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
            for index in self.out_of[node].clone() {
                let edge = &self.edges[index];
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
