package dev.resync.cli.demo;

import java.util.List;

/** Invented names and the value lists of the domain. No name, code or address belongs to anyone. */
final class Vocabulary {
    static final List<String> FIRST_NAMES = List.of(
            "Aldira",
            "Brennick",
            "Calista",
            "Dorvan",
            "Elowyn",
            "Fenella",
            "Garrim",
            "Hesper",
            "Ilvano",
            "Jorunn",
            "Kestrel",
            "Lumira",
            "Maddox",
            "Nerys",
            "Orlando",
            "Perrin",
            "Quilla",
            "Rosalba",
            "Svante",
            "Tamsin",
            "Ulrika",
            "Verity",
            "Wendell",
            "Xanthe",
            "Yorick",
            "Zelda");
    static final List<String> LAST_NAMES = List.of(
            "Samplewick",
            "Testerby",
            "Mockridge",
            "Demoray",
            "Placeholt",
            "Fixturely",
            "Stubbington-Null",
            "Dummery",
            "Examplar",
            "Loremond",
            "Ipsumley",
            "Fakenstow",
            "Prototypis",
            "O'Fixture",
            "Sandboxer",
            "Draftwell",
            "Trialstone",
            "Patternby",
            "Nonesuch",
            "Imagineau",
            "Seedling",
            "Notreal",
            "Invental",
            "Mc\u00c9xample");
    static final List<String> PROGRAMMES = List.of(
            "Acute Demonstration Medicine",
            "Broad-Based Sample Training",
            "Clinical Placeholder Studies",
            "Core Mock Surgery",
            "Emergency Fixture Medicine",
            "General Example Practice",
            "Imaginary Anaesthetics",
            "Invented Radiology",
            "Paediatric Prototyping",
            "Theoretical Psychiatry");
    static final List<String> MEMBERSHIP_TYPES = List.of("SUBSTANTIVE", "LAT", "FTSTA", "MILITARY", "ACADEMIC");
    static final List<String> GRADES = List.of("F1", "F2", "CT1", "CT2", "ST3", "ST4", "ST5", "ST6", "ST7");
    static final List<String> BODIES = List.of(
            "1-DEMO01",
            "1-DEMO02",
            "1-DEMO03",
            "1-DEMO04",
            "1-DEMO05",
            "1-DEMO06",
            "1-DEMO07",
            "1-DEMO08",
            "1-DEMO09",
            "1-DEMO10",
            "1-DEMO11",
            "1-DEMO12",
            "1-DEMO13");
    /** One programme owner for each of {@link #BODIES}, in the same order. */
    static final List<String> OWNERS = List.of(
            "Example North",
            "Example South",
            "Example East",
            "Example West",
            "Sample Midlands",
            "Sample Valley",
            "Sample Coast",
            "Sample Heath",
            "Mock Thames",
            "Mock Severn",
            "Mock Wessex",
            "Mock Humber",
            "Mock Trent");

    static final List<String> ADMINS = List.of(
            "admin01@resync.invalid",
            "admin02@resync.invalid",
            "admin03@resync.invalid",
            "admin04@resync.invalid",
            "admin05@resync.invalid",
            "admin06@resync.invalid",
            "admin07@resync.invalid",
            "admin08@resync.invalid");
    static final List<String> UNDER_NOTICE = List.of("YES", "NO", "NO", "NO", "ON_HOLD");
    static final List<String> DOCTOR_STATUSES = List.of(
            "NOT_STARTED", "STARTED", "READY_TO_REVIEW", "READY_TO_SUBMIT", "SUBMITTED_TO_GMC", "COMPLETED", "DRAFT");
    static final List<String> RECOMMENDATION_TYPES =
            List.of("REVALIDATE", "REVALIDATE", "REVALIDATE", "DEFER", "NON_ENGAGEMENT");
    static final List<String> SANCTIONS = List.of("No", "No", "No", "No", "Yes");
    static final List<String> COMMENTS = List.of(
            "Awaiting the portfolio.",
            "Evidence complete.",
            "Deferred at the doctor's request.",
            "Discussed by phone.");
    static final List<String> HIDING_REASONS =
            List.of("Out of programme", "Dual training", "Owner is being corrected", "Agreed with the other body");
    static final List<String> FAILED_RESPONSES = List.of("10", "20", "98", "500");
    /** None of these is a date in any of the accepted forms. */
    static final List<String> BAD_DATES = List.of("31/02/2025", "TBC", "2025-13-45", "next spring");
    /** None of these is a value of any enumeration. */
    static final List<String> BAD_VALUES = List.of("ESCALATED", "PENDING?", "Sent", "X");

    private Vocabulary() {}
}
