//! The last row: what is being typed or asked, else the keys that can act now; at the right the
//! message about what was done, which has a row of its own above where it would leave them no room.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::action::Action;
use super::key::Key;
use super::keymap::{Keymap, Scope};
use super::line_edit::LineEdit;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, dot};
use super::refusal::refusal;
use super::search::Search;
use super::stepping;
use super::theme::Theme;
use super::triage::{self, Suggestion};
use super::who_said::WhoSaid;
use super::wrap;
use crate::lexicon::CueKind;

/// What is offered in a scope, what matters most first; actions in one group share their words.
fn offered(scope: Scope) -> &'static [&'static [Action]] {
    use Action as A;
    match scope {
        Scope::Browse => &[
            &[A::NextSentence, A::PreviousSentence],
            &[A::Keep],
            &[A::Counterpart],
            &[A::Back],
            &[A::NextHit, A::PreviousHit],
            &[A::NextColumn],
            &[A::Note],
            &[A::Verdict],
            &[A::AcceptSuggestion],
            &[A::RejectSuggestion],
            &[A::Help],
            &[A::Ledger],
            &[A::Select],
            &[A::WhoSaid],
            &[A::Palette],
            &[A::NextMark, A::PreviousMark],
            &[A::Search],
            &[A::Quit],
        ],
        Scope::Inspect => &[
            &[A::NextSentence, A::PreviousSentence],
            &[A::NextCue, A::PreviousCue],
            &[A::Silence],
            &[A::Reweigh],
            &[A::Counterpart],
            &[A::Escape],
            &[A::Help],
        ],
        Scope::Select => &[
            &[A::SelectWord, A::SelectWordBack],
            &[A::SelectSentence, A::SelectSentenceBack],
            &[A::Note],
            &[A::Copy],
            &[A::SwapEnds],
            &[A::SelectAnew],
            &[A::Escape],
        ],
        Scope::Verdict => &[
            &[A::Disputed],
            &[A::Supported],
            &[A::Refuted],
            &[A::NeedsSource],
            &[A::Settled],
            &[A::NoVerdict],
            &[A::Escape],
        ],
        Scope::WhoSaid => &[&[A::Down, A::Up], &[A::Accept], &[A::NewName], &[A::Nobody], &[A::Escape]],
        Scope::Reject => &[
            &[A::RejectThis],
            &[A::RejectHere],
            &[A::RejectEverywhere],
            &[A::RejectRule],
            &[A::NextCue, A::PreviousCue],
            &[A::Escape],
        ],
        Scope::Bulk => &[&[A::AcceptThese], &[A::Lower], &[A::Raise], &[A::Escape]],
        Scope::Links => &[
            &[A::LinkRebuts],
            &[A::LinkContradicts],
            &[A::LinkEchoes],
            &[A::LinkAccepts],
            &[A::LinkDeflects],
            &[A::RemoveLink],
            &[A::AcceptLink],
            &[A::TurnLink],
            &[A::NextLink, A::PreviousLink],
            &[A::Accept],
            &[A::Escape],
        ],
        Scope::Agreement | Scope::Themes | Scope::Others => &[&[A::Down, A::Up], &[A::Accept], &[A::Escape]],
        Scope::Rejected => &[&[A::Down, A::Up], &[A::Accept], &[A::Restore], &[A::Escape]],
        Scope::Search => &[&[A::Accept], &[A::NextHit, A::PreviousHit], &[A::OlderSearch], &[A::Escape]],
        Scope::Note => &[&[A::Keep], &[A::EditOutside], &[A::Escape]],
        Scope::Notes => &[
            &[A::Down, A::Up],
            &[A::Accept],
            &[A::ConfirmPlace],
            &[A::EditHere],
            &[A::DeleteNote],
            &[A::Filter],
            &[A::Escape],
        ],
        Scope::Ledger => &[
            &[A::Down, A::Up],
            &[A::Accept],
            &[A::NextView],
            &[A::NextBand],
            &[A::Reorder],
            &[A::Filter],
            &[A::Escape],
            &[A::Export],
            &[A::CopyPage],
        ],
        Scope::Outline => &[&[A::Down, A::Up], &[A::Accept], &[A::Filter], &[A::Escape]],
        Scope::Profile => {
            &[&[A::Down, A::Up], &[A::ColumnLeft, A::ColumnRight], &[A::NextView], &[A::Accept], &[A::Escape]]
        }
        Scope::Filters => &[&[A::Down, A::Up], &[A::NextValue], &[A::ShowAll], &[A::Escape]],
        Scope::Palette => &[&[A::Accept], &[A::Down, A::Up], &[A::Escape]],
        Scope::Sources => {
            &[&[A::Down, A::Up], &[A::Accept], &[A::ShowOrHide], &[A::ShowAlone], &[A::WhoSaid], &[A::Escape]]
        }
        Scope::Source => {
            &[&[A::Down, A::Up], &[A::ScrollDown, A::ScrollUp], &[A::NextDocument], &[A::Escape]]
        }
        Scope::Help => &[&[A::Down, A::Up], &[A::ScrollDown, A::ScrollUp], &[A::Filter], &[A::Escape]],
        Scope::Filter | Scope::Weigh => &[&[A::Accept], &[A::Escape]],
        Scope::Question => &[&[A::Yes], &[A::No]],
        Scope::Export => &[&[A::Accept], &[A::Complete], &[A::Escape]],
        Scope::Sessions => &[&[A::Down, A::Up], &[A::Accept], &[A::Filter], &[A::Quit]],
    }
}

/// What gives way first where there is no room for all that is offered; after these, what stands last.
const GIVES_WAY: [Action; 4] =
    [Action::NextColumn, Action::Back, Action::NextSentence, Action::PreviousSentence];

/// Offered before all else where a suggestion was stepped to.
const STEPPED: [&[Action]; 3] = [
    &[Action::AcceptSuggestion],
    &[Action::RejectSuggestion],
    &[Action::NextSuggestion, Action::PreviousSuggestion],
];

/// Keys offered at once.
const MOST_OFFERED: usize = 8;
/// Of the verdicts all are.
const ALL_VERDICTS: usize = 7;

/// So are the relations of links, and what else can be said of one.
const ALL_OF_LINKS: usize = 11;

/// Of these, so many stay in sight whatever is told.
const LEAST_OFFERED: usize = 4;

/// Rows that the status line needs: two where a message beside the keys, or what is asked, would hide them.
pub fn rows(model: &Model) -> u16 {
    let Some(message) = &model.message else { return 1 };
    let room = usize::from(model.size.0).saturating_sub(wrap::width(&message.text) + 4);
    let fits = match &model.mode {
        Mode::Question(question) => {
            let keys: usize = hints(model).iter().map(cells).sum();
            wrap::width(&question.words(model)) + 3 + keys <= room
        }
        // Its keys stand at the right where no message does.
        _ if typed(model).is_some() => false,
        _ => {
            let all = hints(model);
            let least = all.len().min(LEAST_OFFERED);
            fitting(all, room).len() >= least
        }
    };
    if fits { 1 } else { 2 }
}

/// Paints the status line.
pub fn paint(model: &Model, buffer: &mut Buffer) {
    let (area, theme) = (model.areas.status, &model.theme);
    if area.is_empty() {
        return;
    }
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    let mut right = right_side(model);
    if let Some(message) = &model.message {
        let style = if message.warning { theme.warning } else { theme.message };
        let told = (message.text.clone(), style);
        if area.height > 1 {
            put_right(&told, area, buffer);
        } else {
            right = Some(told);
        }
    }
    let kept = right.as_ref().map_or(0, |(text, _)| wrap::width(text).min(usize::from(area.width)) + 3);
    let left = Rect { width: last.width.saturating_sub(kept as u16), ..last };
    match (&model.mode, typed(model)) {
        (_, Some((edit, before))) => field(edit, before, left, theme, buffer),
        (Mode::Question(question), None) => {
            let mut pen = Pen::new(buffer, left);
            pen.put(" ", theme.text).put(&question.words(model), theme.warning).put("   ", theme.text);
            put_keys(&mut pen, &words_of(&hints(model)), theme);
        }
        _ => {
            let mut pen = Pen::new(buffer, left);
            pen.put(" ", theme.text);
            let fit = fitting(hints(model), pen.room());
            put_keys(&mut pen, &words_of(&fit), theme);
        }
    }
    if let Some(right) = &right {
        put_right(right, last, buffer);
    }
}

/// Writes words at the right end of the first row of `area`.
fn put_right((text, style): &(String, Style), area: Rect, buffer: &mut Buffer) {
    let text = wrap::shortened(text, usize::from(area.width.saturating_sub(1)));
    let start = area.right().saturating_sub(wrap::width(&text) as u16 + 1).max(area.x);
    Pen::new(buffer, area).skip_to(start).put(&text, *style);
}

/// The field that is typed into, and what stands before it.
fn typed(model: &Model) -> Option<(&LineEdit, &'static str)> {
    if let Some(filter) = model.mode.list_filter().filter(|filter| filter.typing) {
        return Some((&filter.words, "filter: "));
    }
    Some(match &model.mode {
        Mode::Search(line) => (&line.edit, "/"),
        Mode::WhoSaid(WhoSaid { naming: Some(name), .. }) => (name, "name: "),
        Mode::Weigh(weigh) => (&weigh.edit, "weight: "),
        Mode::Palette(palette) => (&palette.words, ":"),
        Mode::Export(line) => (&line.name, "write to: "),
        _ => return None,
    })
}

/// What stands at the right of the keys but for a message: what is pressed so far, or what is not in the
/// journal; of a field, its keys.
fn right_side(model: &Model) -> Option<(String, Style)> {
    let theme = &model.theme;
    if matches!(model.scope(), Scope::Search | Scope::Filter | Scope::Palette | Scope::Weigh | Scope::Export)
    {
        let place = model.search.as_ref().filter(|_| matches!(model.mode, Mode::Search(_)));
        let keys = hints(model).into_iter().map(|(_, keys, words)| format!("{keys} {words}"));
        let told: Vec<String> = place.map(Search::place).into_iter().chain(keys).collect();
        return Some((told.join("   "), theme.key_words));
    }
    let count = model.count.map_or(String::new(), |count| count.to_string());
    let keys: String = model.pressed.iter().map(Key::to_string).collect();
    if !count.is_empty() || !keys.is_empty() {
        return Some((format!("{count}{keys}…"), theme.key));
    }
    match model.saving.failed() {
        0 => None,
        1 => Some(("1 unsaved change".to_owned(), theme.warning)),
        count => Some((format!("{count} unsaved changes"), theme.warning)),
    }
}

/// Keys and what they do now.
type Hint = (String, &'static str);

/// A hint and the action that it is for.
type Offer = (Action, String, &'static str);

fn words_of(offers: &[Offer]) -> Vec<Hint> {
    offers.iter().map(|(_, keys, words)| (keys.clone(), *words)).collect()
}

/// The cells of an offer, with those that part it from the next.
fn cells((_, keys, words): &Offer) -> usize {
    wrap::width(keys) + 1 + wrap::width(words) + 3
}

/// As many of them as fit in `room` cells, without those that say the least.
fn fitting(mut offers: Vec<Offer>, room: usize) -> Vec<Offer> {
    while offers.iter().map(cells).sum::<usize>() > room + 3 {
        let first = GIVES_WAY.iter().find_map(|gives| offers.iter().position(|offer| offer.0 == *gives));
        let last = || offers.iter().rposition(|offer| offer.0 != Action::Help);
        offers.remove(first.or_else(last).unwrap_or(0));
    }
    offers
}

/// The keys that can act now.
fn hints(model: &Model) -> Vec<Offer> {
    let scope = model.scope();
    let most = match scope {
        Scope::Verdict => ALL_VERDICTS,
        Scope::Links => ALL_OF_LINKS,
        _ => MOST_OFFERED,
    };
    let asked = triage::in_question(model).is_some();
    let can =
        |action: &Action| (asked || *action != Action::RejectSuggestion) && refusal(model, *action).is_none();
    let first: &[&[Action]] = if scope == Scope::Browse && stepping::is_here(model) { &STEPPED } else { &[] };
    let groups = first.iter().chain(offered(scope).iter().filter(|group| !first.contains(group)));
    let groups = groups.map(|group| group.iter().copied().filter(can).collect::<Vec<_>>());
    let named = |group: Vec<Action>| {
        let (keys, words) = hint(&model.keymap, scope, &group)?;
        let words = if group == [Action::AcceptSuggestion] { accepted(model) } else { words };
        Some((*group.first()?, keys, words))
    };
    groups.filter_map(named).take(most).collect()
}

/// What the key that accepts would accept now.
fn accepted(model: &Model) -> &'static str {
    let open = model.sentence().and_then(|id| stepping::open_here(model, id));
    match open {
        Some(Suggestion::Mark(_, CueKind::Claim)) => "accept claim",
        Some(Suggestion::Mark(_, CueKind::Rebuttal)) => "accept rebuttal",
        Some(Suggestion::Mark(_, CueKind::Rhetoric)) => "accept rhetoric",
        Some(Suggestion::Link { .. }) => "accept link",
        None => "next to decide",
    }
}

/// The hints of a scope, whatever the state.
pub fn all_hints(keymap: &Keymap, scope: Scope) -> Vec<Hint> {
    offered(scope).iter().filter_map(|group| hint(keymap, scope, group)).collect()
}

fn hint(keymap: &Keymap, scope: Scope, group: &[Action]) -> Option<Hint> {
    let keys: Vec<String> = group.iter().filter_map(|action| keymap.key_of(scope, *action)).collect();
    let words = match (scope, group.first()?) {
        (Scope::Search | Scope::Filter, Action::Accept) => "done",
        (Scope::Palette, Action::Accept) => "do it",
        (Scope::Weigh, Action::Accept) => "keep",
        (Scope::Themes, Action::Accept) => "keep it",
        (Scope::Export, Action::Accept) => "write",
        (Scope::WhoSaid, Action::Accept) => "give",
        (Scope::Profile, Action::ColumnLeft) => "sideways",
        (_, action) => action.short(),
    };
    (!keys.is_empty()).then(|| (keys.join(" "), words))
}

/// Writes as many hints as fit whole.
pub fn put_keys(pen: &mut Pen<'_>, hints: &[Hint], theme: &Theme) {
    for (keys, words) in hints {
        if wrap::width(keys) + words.len() + 1 > pen.room() {
            return;
        }
        pen.put(keys, theme.key).put(" ", theme.text).put(words, theme.key_words).put("   ", theme.text);
    }
}

/// Writes a text field with its cursor.
pub fn field(edit: &LineEdit, before: &str, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let mut pen = Pen::new(buffer, area);
    pen.put(" ", theme.text).put(before, theme.key);
    let room = pen.room();
    let (shown, cell) = edit.shown(room);
    pen.put(shown, theme.text);
    if room > 0 {
        let x = area.right() - room as u16 + cell.min(room - 1) as u16;
        if let Some(here) = buffer.cell_mut((x, area.y)) {
            let symbol = here.symbol().to_owned();
            dot(buffer, x, area.y, &symbol, theme.cursor);
        }
    }
}
