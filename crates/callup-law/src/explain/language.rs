//! The languages of explanations, and the catalogue that holds every word of them: one file of messages a language, in `words/`.
//!
//! A message has the same name and the same arguments in every language; plurals follow the rules of the language. It knows no law and no case.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde::{Serialize, Serializer};
use std::sync::LazyLock;

/// A language in which a case can be explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Russian.
    Russian,
    /// Ukrainian.
    Ukrainian,
}

impl Language {
    /// Every language, in its fixed order.
    pub const ALL: [Language; 3] = [Language::English, Language::Russian, Language::Ukrainian];

    /// Its code of ISO 639-1, as a law writes it before a label and a page says it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        ["en", "ru", "uk"][self as usize]
    }

    const fn messages(self) -> &'static str {
        [include_str!("words/en.ftl"), include_str!("words/ru.ftl"), include_str!("words/uk.ftl")][self as usize]
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

type Bundle = FluentBundle<FluentResource>;

/// Read once: the texts are part of the program and never change.
static CATALOGUES: LazyLock<[Bundle; 3]> = LazyLock::new(|| Language::ALL.map(catalogue));

fn catalogue(language: Language) -> Bundle {
    let messages = FluentResource::try_new(language.messages().to_owned());
    let messages = messages.expect("a test reads every catalogue");
    let mut bundle = FluentBundle::new_concurrent(vec![language.code().parse().expect("a code is two letters")]);
    // The marks would stand in files and columns; nothing here mixes directions of writing.
    bundle.set_use_isolating(false);
    bundle.add_resource(messages).expect("a test finds every message once");
    bundle
}

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words(pub(crate) Language);

impl Words {
    /// A message with its arguments; its name where there is none, which a test rules out.
    pub(crate) fn format(self, id: &str, args: &FluentArgs<'_>) -> String {
        let bundle = &CATALOGUES[self.0 as usize];
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else { return id.to_owned() };
        let mut errors = Vec::new();
        let said = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        said
    }

    /// A message without arguments.
    pub(crate) fn say(self, id: &str) -> String {
        self.format(id, &FluentArgs::new())
    }

    /// Whether the catalogue has this message.
    pub(crate) fn has(self, id: &str) -> bool {
        CATALOGUES[self.0 as usize].has_message(id)
    }

    /// The message for a word of a closed vocabulary: `event-past` and `handed_over` make `event-past-handed-over`.
    pub(crate) fn word(self, family: &str, word: &str) -> String {
        self.say(&id_of(family, word))
    }
}

/// The name of the message for a word.
pub(crate) fn id_of(family: &str, word: &str) -> String {
    format!("{family}-{}", word.replace('_', "-"))
}

/// A message with named arguments: `say!(words, "bars", what = parts)`.
macro_rules! say {
    ($words:expr, $id:expr $(, $name:ident = $value:expr)* $(,)?) => {{
        #[allow(unused_mut, reason = "a message may take no arguments")]
        let mut args = fluent_bundle::FluentArgs::new();
        $(args.set(stringify!($name), $value);)*
        $words.format($id, &args)
    }};
}
pub(crate) use say;

#[cfg(test)]
mod tests;
