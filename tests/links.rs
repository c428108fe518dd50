//! Small pairs of statements, each with the link a reader would draw, or none.
//!
//! Two days apart, the second answering the first; every sentence is invented. What the longer
//! demonstration holds is judged in `judgement.rs`.

use std::fmt::Write as _;
use std::path::Path;

use visavis::analysis::links::features::Feature;
use visavis::analysis::{Analysis, Relation, Status, Weights, analyze};
use visavis::corpus::{Corpus, Reading};
use visavis::document::{Document, Segmentation};
use visavis::lexicon::{Lexicon, Speech, abbreviations};

/// Reads statements of Ardevane, Soryn and further countries in turn, a day after each other.
fn read(statements: &[&str]) -> (Corpus, Analysis) {
    let speakers = [("Marit Ostergaal", "Ardevane"), ("Teodan Vrasky", "Soryn"), ("Ilse Brandt", "Kelland")];
    let documents = statements.iter().zip(speakers.iter().cycle()).zip(1..);
    let documents: Vec<Document> = documents
        .map(|((text, (name, country)), day)| {
            let mut markdown = format!("---\nspeaker: {name}\nrole: Minister of {country}\n");
            write!(markdown, "date: 2031-03-{day:02}\n---\n\n{text}\n").expect("a string takes all");
            Document::from_bytes(Path::new("statement.md"), markdown.as_bytes(), Segmentation::Auto)
                .expect("it is text")
        })
        .collect();
    let corpus = Corpus::read(documents, Reading::default(), Speech::built_in(), abbreviations());
    let analysis = analyze(&corpus, &Lexicon::built_in(), &Weights::built_in(), 1);
    (corpus, analysis)
}

/// The suggested links as “relation: answer → claim”, each sentence by its first two words.
fn links(statements: &[&str]) -> Vec<String> {
    let (corpus, analysis) = read(statements);
    let words = |id| corpus.text(id).split(' ').take(2).collect::<Vec<_>>().join(" ");
    let suggested = analysis.links.iter().filter(|link| link.status == Status::Suggested);
    suggested
        .map(|link| format!("{}: {} → {}", link.relation.name(), words(link.from), words(link.to)))
        .collect()
}

fn check(claim: &str, answer: &str, expected: &[&str]) {
    assert_eq!(links(&[claim, answer]), expected, "{answer}\n→ {claim}");
}

/// Whether the answer's whole text is linked with `relation`, and for the reason named.
fn check_why(claim: &str, answer: &str, relation: Relation, why: &str) {
    let (_, analysis) = read(&[claim, answer]);
    let link = analysis.links.iter().find(|link| link.status == Status::Suggested).expect(answer);
    assert_eq!(link.relation, relation, "{answer}");
    assert!(link.evidence.iter().any(|evidence| evidence.why.starts_with(why)), "{why}: {:?}", link.evidence);
}

#[test]
fn a_denial_of_the_charge_rebuts() {
    check(
        "Sorynian divers mined the harbour of Kell in April. The weather was fair.",
        "It is a lie that divers of ours mined the harbour of Kell.",
        &["rebuts: It is → Sorynian divers"],
    );
}

#[test]
fn a_bare_denial_rebuts_what_was_just_taken_up() {
    let claim = "The tanker spilled oil for three days. Its captain was drunk at the helm.";
    let answer = "The Minister says that the captain “was drunk at the helm”. That is a complete lie.";
    check(claim, answer, &["rebuts: The Minister → Its captain", "rebuts: That is → Its captain"]);
}

#[test]
fn the_opponent_quoted_is_an_answer_and_no_echo() {
    check_why(
        "The convoy carried weapons under a false flag. We have waited long.",
        "They speak of “weapons under a false flag”.",
        Relation::Rebuts,
        "quotes: ",
    );
}

#[test]
fn a_rejection_of_everything_goes_to_the_main_charge_and_says_so() {
    check_why(
        "Soryn poisoned the reservoir above Vessmark and killed nine people. Good evening.",
        "We reject this statement in its entirety.",
        Relation::Rebuts,
        "rejects the whole statement",
    );
    let whole = |claim, answer| {
        let (_, analysis) = read(&[claim, answer]);
        analysis.links.iter().any(|link| link.status == Status::Suggested && link.answers_the_whole())
    };
    let claim = "Soryn poisoned the reservoir above Vessmark and killed nine people. Good evening.";
    assert!(whole(claim, "We reject this statement in its entirety."));
    assert!(!whole(claim, "It is a lie that Soryn poisoned the reservoir above Vessmark."));
}

#[test]
fn a_question_may_be_the_answer() {
    check(
        "Soryn blew up its own pipeline to blame us. It was a cold night.",
        "Why would any government blow up its own pipeline?",
        &["rebuts: Why would → Soryn blew"],
    );
}

#[test]
fn numbers_that_differ_contradict() {
    check_why(
        "The attack hit 30,000 organizations in the northern ports.",
        "The attack hit 40 organizations in the northern ports.",
        Relation::Contradicts,
        "number 40",
    );
}

#[test]
fn opposites_of_one_thing_contradict() {
    check_why(
        "The garrison at Kell Harbour was strengthened in the spring.",
        "The garrison at Kell Harbour was weakened in the spring.",
        Relation::Contradicts,
        "opposite ",
    );
}

#[test]
fn the_same_negated_contradicts() {
    check_why(
        "The patrol boat crossed the demarcation line at dawn.",
        "The patrol boat did not cross the demarcation line at dawn.",
        Relation::Contradicts,
        "negation",
    );
}

#[test]
fn a_negated_verb_negates_its_whole_clause() {
    check(
        "Our gunners did not shell the harbour of Kell in April. The weather was fair.",
        "The harbour of Kell was not shelled by our gunners in April.",
        &["echoes: The harbour → Our gunners"],
    );
}

#[test]
fn not_only_negates_nothing() {
    check(
        "The patrol boat crossed the demarcation line at dawn. The weather was fair.",
        "The patrol boat not only crossed the demarcation line at dawn.",
        &["echoes: The patrol → The patrol"],
    );
}

#[test]
fn not_a_single_one_is_none() {
    check_why(
        "The attack hit 30,000 organizations in the northern ports.",
        "The attack did not hit a single organization in the northern ports.",
        Relation::Contradicts,
        "number single",
    );
}

/// Whether any link holds a reason that begins so.
fn reasons(claim: &str, answer: &str, why: &str) -> bool {
    let (_, analysis) = read(&[claim, answer]);
    analysis.links.iter().flat_map(|link| &link.evidence).any(|evidence| evidence.why.starts_with(why))
}

#[test]
fn a_number_denied_is_no_other_count() {
    let claim = "The union of dockers has 4,000 members in Vessmark.";
    assert!(!reasons(claim, "The union of dockers does not have 100 members in Vessmark.", "number"));
    assert!(reasons(claim, "The union of dockers has 100 members in Vessmark.", "number"));
}

#[test]
fn an_opposite_denied_says_the_same() {
    let claim = "The garrison at Kell Harbour was strengthened in the spring.";
    let (_, analysis) = read(&[claim, "The garrison at Kell Harbour was not weakened in the spring."]);
    assert!(analysis.links.iter().all(|link| link.relation != Relation::Contradicts), "{:?}", analysis.links);
}

#[test]
fn the_same_in_other_words_echoes() {
    check(
        "Fishing in the Merrow strait must be governed by treaty.",
        "A treaty must govern fishing in the Merrow strait.",
        &["echoes: A treaty → Fishing in"],
    );
}

#[test]
fn a_concession_accepts() {
    check(
        "Your frigate entered the quarantine zone without lights. We regret nothing.",
        "It is true that our frigate entered the quarantine zone.",
        &["accepts: It is → Your frigate"],
    );
}

#[test]
fn a_change_of_subject_deflects() {
    check(
        "Soryn jammed the radar of the lighthouse at Kell. The night was clear.",
        "And what about the radar that Ardevane jammed at our lighthouse?",
        &["deflects: And what → Soryn jammed"],
    );
}

/// A reply that has denied, asked and conceded, and then `sentence`.
fn in_a_reply(sentence: &str) -> String {
    format!(
        "We reject these accusations. That is fiction. It is a lie that our gunners slept. \
         Who gains from such a story? {sentence}"
    )
}

#[test]
fn in_a_reply_another_account_of_the_same_contradicts() {
    let claim = "The ferry was torpedoed near the Kell lighthouse by a submarine, and forty people drowned. It was May.";
    let other = "Thick fog hid the lighthouse that night, and the ferry ran upon a reef.";
    let found = links(&[claim, &in_a_reply(other)]);
    assert!(found.contains(&"contradicts: Thick fog → The ferry".to_owned()), "{found:?}");
    let found = links(&[claim, &format!("The winter was mild. The nights were long. {other}")]);
    assert!(found.iter().all(|link| !link.starts_with("contradicts")), "{found:?}");
}

#[test]
fn a_question_is_never_the_contrary() {
    let found = links(&[
        "The harbour of Kell is open to all traffic. The winter was mild.",
        &in_a_reply("Is the harbour of Kell not closed to all traffic?"),
    ]);
    assert!(found.iter().any(|link| link == "rebuts: Is the → The harbour"), "{found:?}");
}

#[test]
fn what_is_confirmed_is_accepted() {
    check(
        "Soryn withdrew from the hotline in March. The winter was mild.",
        "It is correct that Soryn suspended the hotline in March.",
        &["accepts: It is → Soryn withdrew"],
    );
}

#[test]
fn a_demand_is_refused_and_not_contradicted() {
    let found = links(&[
        "We demand an apology from Soryn, the punishment of its gunners and money for the families.",
        &in_a_reply("We will not apologize for the defence of our coast."),
    ]);
    assert!(found.iter().any(|link| link == "rebuts: We will → We demand"), "{found:?}");
}

#[test]
fn a_word_that_both_use_is_no_opposite() {
    let claim = "The price of bread will rise by less than two crowns in the northern ports.";
    assert!(!reasons(claim, "Less than two crowns for bread in the northern ports, they say.", "opposite"));
}

#[test]
fn strangers_stay_apart() {
    check(
        "The harvest festival opens in Vessmark on Sunday.",
        "Interest rates were held by the central bank.",
        &[],
    );
}

#[test]
fn one_common_word_is_no_link() {
    check(
        "Our country has many rivers and old towns.",
        "The country will build a railway to the eastern mines.",
        &[],
    );
}

#[test]
fn one_rare_word_is_thin_ground_and_two_are_none() {
    let thin = |answer| {
        let (_, analysis) =
            read(&["The lighthouse keepers of Vessmark were awarded medals on Monday.", answer]);
        let signs = &analysis.links.first().expect(answer).signs.all;
        signs.iter().find(|sign| sign.feature == Feature::Thin).map_or(0.0, |sign| sign.strength)
    };
    assert!(thin("We firmly oppose the wilful flooding of lighthouse cellars by insurers.") >= 0.5);
    assert!(thin("It is a lie that lighthouse keepers were awarded anything.") < 0.1);
}

#[test]
fn a_negation_of_something_else_contradicts_nothing() {
    check(
        "Our country supports a lasting peace and the return of all families to the Marrow hills.",
        "Unless harvests recover, no government can feed the families of the southern plains this winter.",
        &[],
    );
}

#[test]
fn the_names_of_the_two_sides_are_no_link() {
    check("Soryn exports timber and amber to Ardevane.", "Ardevane and Soryn share an orchestra.", &[]);
}

#[test]
fn courtesies_answer_nobody() {
    check(
        "I wish to thank the President of the Assembly for his patience in these difficult weeks.",
        "I also wish to thank the President of the Assembly for his kindness in these difficult weeks.",
        &[],
    );
}

#[test]
fn words_with_one_stem_are_no_opposites() {
    let (_, analysis) = read(&[
        "International observers visited the prison at Vessmark on Monday.",
        "Internal observers did not visit the prison at Vessmark on Monday.",
    ]);
    for evidence in analysis.links.iter().flat_map(|link| &link.evidence) {
        assert!(!evidence.why.starts_with("opposite"), "{}", evidence.why);
    }
}

#[test]
fn the_earlier_statement_does_not_answer_the_later() {
    let claim = "The dredgers ruined the oyster beds off Kell Harbour.";
    let answer = "No dredgers ruined any oyster beds off Kell Harbour.";
    let (_, analysis) = read(&[claim, answer]);
    let directions: Vec<_> = analysis.links.iter().map(|link| (link.from.0, link.to.0)).collect();
    assert_eq!(directions, [(1, 0)]);
}

#[test]
fn what_is_said_again_is_linked_once() {
    let slogan = "The Merrow strait belongs to those who keep it open.";
    let thrice = format!("{slogan} Rain fell. {slogan} Snow fell. {slogan}");
    assert_eq!(links(&[slogan, &thrice]).len(), 1);
}

#[test]
fn below_the_threshold_the_best_is_kept_as_a_candidate() {
    let (_, analysis) = read(&[
        "The ferry to Vessmark was late because of ice on the northern channel.",
        "Ice also closed four schools.",
    ]);
    let told: Vec<_> = analysis.links.iter().map(|link| link.status).collect();
    assert_eq!(told, [Status::Candidate]);
    assert!(analysis.links[0].score < Weights::built_in().thresholds.link);
}

#[test]
fn a_third_statement_answers_both() {
    let both = "It is a lie that the divers mined the harbour, and it is a lie that the tanker was hijacked.";
    let told = links(&[
        "Sorynian divers mined the harbour of Kell at dawn.",
        "Pirates of Ardevane hijacked the tanker off Orm.",
        both,
    ]);
    assert_eq!(told.iter().filter(|link| link.starts_with("rebuts: It is")).count(), 2, "{told:?}");
}

#[test]
fn links_stay_few_however_many_agree() {
    let statements: Vec<String> = (0..60)
        .map(|number| format!("The dredging of the Merrow strait by barge {number} was agreed in Vessmark."))
        .collect();
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    let (corpus, analysis) = read(&statements);
    let most = corpus.statement_ids().count() * 9;
    assert!(analysis.links.len() <= most, "{}", analysis.links.len());
}
